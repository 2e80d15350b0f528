//! A wrapper by hand, whose file says when it is `Unpin`, and another file of the crate that says more.

mod by_hand {
    /// Its `inner` is structurally pinned.
    pub struct Counted<F> {
        _inner: F,
        _polls: u32,
    }

    // What the compiler would do by itself. Written down, it leaves no room for another one.
    impl<F: Unpin> Unpin for Counted<F> {}
}

impl<F> Unpin for by_hand::Counted<F> {}

fn main() {}
