//! Two futures one after the other, as one future: [`Result::and_then`] for futures.
//!
//! The idea is the one of
//! [`TryFutureExt::and_then`](https://docs.rs/futures/0.3/futures/future/trait.TryFutureExt.html#method.and_then).

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

// ANCHOR: and_then_decl
/// Runs a future, and then a second one that is made from its value.
pub struct AndThen<A, B, F> {
    state: State<A, B, F>,
}

enum State<A, B, F> {
    /// The first future, and the function that will make the second one.
    First(A, F),
    Second(B),
    Done,
}
// ANCHOR_END: and_then_decl

// Only the two futures are ever pinned, through `Pin::new`. The function is moved and called.
impl<A: Unpin, B: Unpin, F> Unpin for AndThen<A, B, F> {}

impl<A, B, F> AndThen<A, B, F> {
    /// Creates a future that runs `first`, gives its value to `next`, and runs the future that `next` returns.
    ///
    /// If `first` gives an error, this is the output, and `next` is not called.
    pub fn new(first: A, next: F) -> AndThen<A, B, F> {
        AndThen {
            state: State::First(first, next),
        }
    }
}

/// # Panics
///
/// Panics when it is polled after it was ready, or after a poll that panicked in `next`.
// ANCHOR: and_then_poll
impl<A, B, F, T, U, E> Future for AndThen<A, B, F>
where
    A: Future<Output = Result<T, E>> + Unpin,
    B: Future<Output = Result<U, E>> + Unpin,
    F: FnOnce(T) -> B,
{
    type Output = Result<U, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        loop {
            match &mut this.state {
                State::First(first, _) => {
                    let result = ready!(Pin::new(first).poll(cx));
                    let state = mem::replace(&mut this.state, State::Done);
                    if let State::First(_, next) = state {
                        this.state = State::Second(next(result?));
                    }
                }
                State::Second(second) => {
                    let result = ready!(Pin::new(second).poll(cx));
                    this.state = State::Done;
                    return Poll::Ready(result);
                }
                State::Done => panic!("AndThen is polled after it was ready"),
            }
        }
    }
}
// ANCHOR_END: and_then_poll
