//! `Timeout` with its children in fields. Both are structurally pinned, and the macro writes the projection.
//!
//! By hand it is the `project` of version 4 with two fields that are pinned again.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

/// Time was out before the future was ready.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Elapsed;

pin_project! {
    /// A future that is ready with the output of `inner`, or with [`Elapsed`] if `deadline` is ready before it.
    pub(crate) struct Timeout<F, D> {
        // `None` when time is out.
        #[pin]
        inner: Option<F>,
        #[pin]
        deadline: D,
    }
}

impl<F, D> Timeout<F, D> {
    /// Puts a limit on `inner`. Time is out when `deadline` is ready.
    pub(crate) fn new(inner: F, deadline: D) -> Self {
        Self {
            inner: Some(inner),
            deadline,
        }
    }
}

impl<F: Future, D: Future<Output = ()>> Future for Timeout<F, D> {
    type Output = Result<F::Output, Elapsed>;

    /// # Panics
    ///
    /// If it is polled after it has said that time is out.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let inner = this.inner.as_mut().as_pin_mut();
        // First the child, so that its output counts even if time is out in the same poll.
        if let Poll::Ready(output) = inner.expect("polled after time was out").poll(cx) {
            return Poll::Ready(Ok(output));
        }
        ready!(this.deadline.poll(cx));
        // Nobody wants the output any more. What the child holds is released now, not when `self` is dropped.
        this.inner.set(None);
        Poll::Ready(Err(Elapsed))
    }
}
