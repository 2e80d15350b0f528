//! Version 5: the macro writes what version 4 has by hand.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

// ANCHOR: with_macro
use pin_project_lite::pin_project;

pin_project! {
    /// A future that counts how often its child is polled.
    pub struct Counted<F> {
        #[pin]
        inner: F,
        polls: u32,
    }
}

impl<F: Future> Future for Counted<F> {
    /// The child's output, and the number of polls that it took.
    type Output = (F::Output, u32);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        *this.polls += 1;
        let output = ready!(this.inner.poll(cx));
        Poll::Ready((output, *this.polls))
    }
}
// ANCHOR_END: with_macro

impl<F> Counted<F> {
    /// Wraps a child that has not been polled yet.
    pub fn new(inner: F) -> Self {
        Self { inner, polls: 0 }
    }

    /// Gives the child back.
    pub fn into_inner(self) -> F {
        self.inner
    }
}
