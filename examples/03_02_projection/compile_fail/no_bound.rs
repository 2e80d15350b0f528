//! A wrapper that pins its field as version 1 does, but without the bound.

use std::pin::Pin;
use std::task::{Context, Poll};

struct Counted<F> {
    inner: F,
    polls: u32,
}

// ANCHOR: no_bound
impl<F: Future> Future for Counted<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        this.polls += 1;
        Pin::new(&mut this.inner).poll(cx)
    }
}
// ANCHOR_END: no_bound

fn main() {}
