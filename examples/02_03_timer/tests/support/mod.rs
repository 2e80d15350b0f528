//! What the tests share: a waker that they can hear, and timers that have not fired yet.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "each test file uses its own part of this module"
)]

use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

/// Runs each of these functions as two tests: with the eager timer's `new`, and with the lazy timer's.
macro_rules! for_both_timers {
    ($($behaviour:ident),+ $(,)?) => {
        mod eager_timer {
            $(#[test]
            fn $behaviour() {
                super::$behaviour(timer_future::TimerFuture::new);
            })+
        }
        mod lazy_timer {
            $(#[test]
            fn $behaviour() {
                super::$behaviour(timer_future::lazy::TimerFuture::new);
            })+
        }
    };
}
pub(crate) use for_both_timers;

/// What a test may ask of a timer, whichever version it is.
pub(crate) trait Timer: Future<Output = ()> + Send + Sync + Unpin + 'static {}
impl<F: Future<Output = ()> + Send + Sync + Unpin + 'static> Timer for F {}

/// No correct program waits that long. A test that does fails, instead of hanging.
pub(crate) const WATCHDOG: Duration = Duration::from_secs(20);

struct Bell(Sender<()>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        // A test that has heard enough has dropped its receiver.
        let _ = self.0.send(());
    }
}

/// A waker, and the channel on which its wakes arrive.
///
/// When the last copy of the waker is dropped, the channel is disconnected. So a test can see, without
/// waiting, whether a timer has kept a waker.
pub(crate) fn bell() -> (Waker, Receiver<()>) {
    let (bell, rings) = mpsc::channel();
    (Waker::from(Arc::new(Bell(bell))), rings)
}

/// One poll.
pub(crate) fn poll(timer: &mut impl Timer, waker: &Waker) -> Poll<()> {
    Pin::new(timer).poll(&mut Context::from_waker(waker))
}

/// Polls until ready, once for each wake. Returns the number of polls.
pub(crate) fn drive(timer: &mut impl Timer) -> usize {
    let (waker, rings) = bell();
    let mut polls = 1;
    while poll(timer, &waker).is_pending() {
        rings.recv_timeout(WATCHDOG).expect("a wake");
        polls += 1;
    }
    polls
}

/// Tries with longer and longer timers, until all that `attempt` does comes before the timer fires.
///
/// A busy machine can make any test late. `attempt` answers `None` when it saw a ready timer, and
/// then we do not fail: we try again with more time.
pub(crate) fn before_it_fires<T>(attempt: impl Fn(Duration) -> Option<T>) -> T {
    [20, 200, 2_000, 20_000]
        .into_iter()
        .find_map(|millis| attempt(Duration::from_millis(millis)))
        .expect("a machine that does a few polls in 20 seconds")
}
