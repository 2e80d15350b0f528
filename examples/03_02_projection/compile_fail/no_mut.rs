//! A wrapper that wants its counter only, from a pinned reference.

use std::pin::Pin;

struct Counted<F> {
    _inner: F,
    polls: u32,
}

impl<F> Counted<F> {
    fn count(self: Pin<&mut Self>) {
        let this = &mut *self;
        this.polls += 1;
    }
}

fn main() {}
