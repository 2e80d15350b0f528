//! Version 1: no unsafe code, and only children that are `Unpin`.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

// ANCHOR: unpin
/// A future that counts how often its child is polled.
pub struct Counted<F> {
    inner: F,
    polls: u32,
}

impl<F: Future + Unpin> Future for Counted<F> {
    /// The child's output, and the number of polls that it took.
    type Output = (F::Output, u32);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // Both are possible only because `F` is `Unpin`, and with it `Counted<F>`.
        let this = self.get_mut();
        let inner = Pin::new(&mut this.inner);
        this.polls += 1;
        let output = ready!(inner.poll(cx));
        Poll::Ready((output, this.polls))
    }
}
// ANCHOR_END: unpin

impl<F> Counted<F> {
    /// Wraps a child that has not been polled yet.
    pub fn new(inner: F) -> Self {
        Self { inner, polls: 0 }
    }
}
