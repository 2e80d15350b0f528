//! A child in an `Option`, which is dropped in its place.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

// ANCHOR: fused
pin_project! {
    /// A future that may be polled after its end: it is pending then, forever.
    pub struct Fused<F> {
        #[pin]
        inner: Option<F>,
    }
}

impl<F: Future> Future for Fused<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut inner: Pin<&mut Option<F>> = self.project().inner;
        let Some(child) = inner.as_mut().as_pin_mut() else {
            return Poll::Pending;
        };
        let output = ready!(child.poll(cx));
        // The child is dropped here, where it is, and `None` is written over it.
        inner.set(None);
        Poll::Ready(output)
    }
}
// ANCHOR_END: fused

impl<F> Fused<F> {
    /// Wraps a child that has not been polled yet.
    pub fn new(inner: F) -> Self {
        Self { inner: Some(inner) }
    }
}
