//! An `Unpin` beside the macro.

use pin_project_lite::pin_project;

// ANCHOR: impl_unpin
pin_project! {
    struct Counted<F> {
        #[pin]
        inner: F,
        polls: u32,
    }
}

impl<F> Unpin for Counted<F> {}
// ANCHOR_END: impl_unpin

fn main() {}
