//! Version 3: by hand, with a function for each field.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

// ANCHOR: one_field
/// A future that counts how often its child is polled.
///
/// `inner` is structurally pinned, `polls` is not. Only this file can touch the fields, and this crate keeps four
/// promises: no `impl Unpin` says more than the compiler does; no function moves `inner` out of a pinned `Counted`; no
/// `Drop` moves `inner`; the struct is not packed.
pub struct Counted<F> {
    inner: F,
    polls: u32,
}

impl<F> Counted<F> {
    fn inner(self: Pin<&mut Self>) -> Pin<&mut F> {
        // SAFETY: `inner` is a field, so it stays where it is while `self` does, and it is dropped when `self` is.
        // `self` is pinned, and by the four promises nothing else moves the field before that. The closure moves
        // nothing.
        unsafe { self.map_unchecked_mut(|this| &mut this.inner) }
    }

    fn polls(self: Pin<&mut Self>) -> &mut u32 {
        // SAFETY: nothing is moved out of the reference. It leaves this function only as a reference to `polls`, which
        // is never pinned, so the caller may do with it as it likes.
        unsafe { &mut self.get_unchecked_mut().polls }
    }
}
// ANCHOR_END: one_field

// ANCHOR: one_field_poll
impl<F: Future> Future for Counted<F> {
    /// The child's output, and the number of polls that it took.
    type Output = (F::Output, u32);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        *self.as_mut().polls() += 1;
        let output = ready!(self.as_mut().inner().poll(cx));
        Poll::Ready((output, *self.polls()))
    }
}
// ANCHOR_END: one_field_poll

impl<F> Counted<F> {
    /// Wraps a child that has not been polled yet.
    pub fn new(inner: F) -> Self {
        Self { inner, polls: 0 }
    }
}
