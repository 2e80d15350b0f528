//! A future that gives up when time is out. It costs two allocations, and it holds its child for too long.
//!
//! Write it with its children in fields: no `Box`, no `Unpin` bound, by hand or with `pin-project-lite`. And drop the
//! child in the poll that says that time is out. The tests beside this file say what a `Timeout` must do; do not edit
//! them. Run: `cargo book exercise 03_02`

use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Time was out before the future was ready.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Elapsed;

/// A future that is ready with the output of `inner`, or with [`Elapsed`] if `deadline` is ready before it.
pub(crate) struct Timeout<F, D> {
    inner: Pin<Box<F>>,
    deadline: Pin<Box<D>>,
}

impl<F, D> Timeout<F, D> {
    /// Puts a limit on `inner`. Time is out when `deadline` is ready.
    pub(crate) fn new(inner: F, deadline: D) -> Self {
        Self {
            inner: Box::pin(inner),
            deadline: Box::pin(deadline),
        }
    }
}

impl<F: Future, D: Future<Output = ()>> Future for Timeout<F, D> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        // First the child, so that its output counts even if time is out in the same poll.
        if let Poll::Ready(output) = this.inner.as_mut().poll(cx) {
            return Poll::Ready(Ok(output));
        }
        ready!(this.deadline.as_mut().poll(cx));
        Poll::Ready(Err(Elapsed))
    }
}
