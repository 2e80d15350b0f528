//! A three-way join, for you to repair.
//!
//! It gives the right outputs in the right order, and it never polls a finished child. But it is not a join yet. The
//! tests beside this file say what is missing; do not edit them.
//! Run: `cargo book exercise 02_02`

use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Polls three futures until all of them are ready.
pub(crate) struct Join3<A: Future, B: Future, C: Future> {
    a: A,
    b: B,
    c: C,
    /// The outputs of the children that are ready.
    outputs: Outputs<A::Output, B::Output, C::Output>,
}

type Outputs<A, B, C> = (Option<A>, Option<B>, Option<C>);

// Only the children are ever pinned, through `Pin::new`. Outputs are moved.
impl<A: Future + Unpin, B: Future + Unpin, C: Future + Unpin> Unpin for Join3<A, B, C> {}

impl<A: Future, B: Future, C: Future> Join3<A, B, C> {
    /// Creates a future whose output is all three outputs, in this order.
    pub(crate) fn new(a: A, b: B, c: C) -> Join3<A, B, C> {
        Join3 {
            a,
            b,
            c,
            outputs: (None, None, None),
        }
    }
}

impl<A, B, C> Future for Join3<A, B, C>
where
    A: Future + Unpin,
    B: Future + Unpin,
    C: Future + Unpin,
{
    type Output = (A::Output, B::Output, C::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Join3 { a, b, c, outputs } = self.get_mut();
        if outputs.0.is_none() {
            outputs.0 = Some(ready!(Pin::new(a).poll(cx)));
        }
        if outputs.1.is_none() {
            outputs.1 = Some(ready!(Pin::new(b).poll(cx)));
        }
        if outputs.2.is_none() {
            outputs.2 = Some(ready!(Pin::new(c).poll(cx)));
        }
        match (outputs.0.take(), outputs.1.take(), outputs.2.take()) {
            (Some(a), Some(b), Some(c)) => Poll::Ready((a, b, c)),
            _ => Poll::Pending,
        }
    }
}
