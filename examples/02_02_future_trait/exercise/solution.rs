//! A three-way join.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

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
        poll_child(a, &mut outputs.0, cx);
        poll_child(b, &mut outputs.1, cx);
        poll_child(c, &mut outputs.2, cx);
        match mem::take(outputs) {
            (Some(a), Some(b), Some(c)) => Poll::Ready((a, b, c)),
            // An output that is taken out and not returned is lost, so what is there goes back.
            incomplete => {
                *outputs = incomplete;
                Poll::Pending
            }
        }
    }
}

/// Polls a child that has no output yet. A child that is pending does not keep the next one from being polled.
fn poll_child<F: Future + Unpin>(
    child: &mut F,
    output: &mut Option<F::Output>,
    cx: &mut Context<'_>,
) {
    if output.is_none()
        && let Poll::Ready(value) = Pin::new(child).poll(cx)
    {
        *output = Some(value);
    }
}
