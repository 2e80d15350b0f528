//! Two futures at the same time, as one future.
//!
//! The idea is the one of [`futures::future::join`](https://docs.rs/futures/0.3/futures/future/fn.join.html).

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

// ANCHOR: join_decl
/// Polls two futures until both are ready.
pub struct Join<L: Future, R: Future> {
    left: Child<L>,
    right: Child<R>,
}

/// Where a child is in its life.
enum Child<F: Future> {
    Running(F),
    Finished(F::Output),
    Taken,
}
// ANCHOR_END: join_decl

// The children are pinned only through `Pin::new`, which is for `Unpin` values, and outputs are never pinned.
impl<L: Future + Unpin, R: Future + Unpin> Unpin for Join<L, R> {}

impl<L: Future, R: Future> Join<L, R> {
    /// Creates a future that is ready when both `left` and `right` are. Its output is both outputs, in this order.
    ///
    /// A child that is ready is dropped at once, and only its output is kept.
    pub fn new(left: L, right: R) -> Join<L, R> {
        Join {
            left: Child::Running(left),
            right: Child::Running(right),
        }
    }
}

// ANCHOR: child_poll
impl<F: Future + Unpin> Child<F> {
    /// Polls the future if it is still running. Says whether its output is there.
    fn poll(&mut self, cx: &mut Context<'_>) -> bool {
        if let Child::Running(future) = self
            && let Poll::Ready(output) = Pin::new(future).poll(cx)
        {
            *self = Child::Finished(output);
        }
        !matches!(self, Child::Running(_))
    }

    fn take(&mut self) -> F::Output {
        match mem::replace(self, Child::Taken) {
            Child::Finished(output) => output,
            _ => panic!("Join is polled after it was ready"),
        }
    }
}
// ANCHOR_END: child_poll

/// # Panics
///
/// Panics when it is polled after it was ready.
// ANCHOR: join_poll
impl<L: Future + Unpin, R: Future + Unpin> Future for Join<L, R> {
    type Output = (L::Output, R::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        // Two statements: with `left.poll(cx) && right.poll(cx)`, the right child
        // would not be polled while the left one runs.
        let left = this.left.poll(cx);
        let right = this.right.poll(cx);
        if left && right {
            Poll::Ready((this.left.take(), this.right.take()))
        } else {
            Poll::Pending
        }
    }
}
// ANCHOR_END: join_poll
