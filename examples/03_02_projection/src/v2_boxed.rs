//! Version 2: no unsafe code, and an allocation for each child.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

// ANCHOR: boxed
/// A future that counts how often its child is polled. The child is on the heap.
pub struct Counted<F> {
    inner: Pin<Box<F>>,
    polls: u32,
}

impl<F: Future> Future for Counted<F> {
    /// The child's output, and the number of polls that it took.
    type Output = (F::Output, u32);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        this.polls += 1;
        let output = ready!(this.inner.as_mut().poll(cx));
        Poll::Ready((output, this.polls))
    }
}
// ANCHOR_END: boxed

impl<F> Counted<F> {
    /// Wraps a child that has not been polled yet.
    pub fn new(inner: F) -> Self {
        Self {
            inner: Box::pin(inner),
            polls: 0,
        }
    }
}
