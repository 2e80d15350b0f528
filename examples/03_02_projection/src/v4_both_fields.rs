//! Version 4: by hand, with one function for both fields.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A future that counts how often its child is polled.
///
/// `inner` is structurally pinned, `polls` is not. Only this file can touch the fields, and this crate keeps four
/// promises: no `impl Unpin` says more than the compiler does; no function moves `inner` out of a pinned `Counted`; no
/// `Drop` moves `inner`; the struct is not packed.
pub struct Counted<F> {
    inner: F,
    polls: u32,
}

// ANCHOR: both_fields
/// A pinned `Counted`, seen as its two fields.
struct Projection<'a, F> {
    inner: Pin<&'a mut F>,
    polls: &'a mut u32,
}

impl<F> Counted<F> {
    fn project(self: Pin<&mut Self>) -> Projection<'_, F> {
        // SAFETY: nothing is moved out of the reference, here or by those who get its parts: one part is pinned again
        // below, and the other part is never pinned.
        let Counted { inner, polls } = unsafe { self.get_unchecked_mut() };
        // SAFETY: `inner` is a field of a pinned value. It is dropped when that value is, and by the four promises
        // nothing moves it before.
        let inner = unsafe { Pin::new_unchecked(inner) };
        Projection { inner, polls }
    }
}
// ANCHOR_END: both_fields

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

impl<F> Counted<F> {
    /// Wraps a child that has not been polled yet.
    pub fn new(inner: F) -> Self {
        Self { inner, polls: 0 }
    }

    // ANCHOR: into_inner
    /// Gives the child back.
    pub fn into_inner(self) -> F {
        self.inner
    }
    // ANCHOR_END: into_inner
}
