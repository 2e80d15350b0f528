//! A future that waits once.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Answers pending once, and is ready at the next poll.
#[derive(Debug, Default)]
pub struct Pause {
    polled: bool,
}

/// Makes a [`Pause`].
pub fn pause() -> Pause {
    Pause::default()
}

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.polled {
            return Poll::Ready(());
        }
        self.polled = true;
        // It can make progress at once, so it wakes at once.
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
