//! `v2_flag` once more, with one fault at a time.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// The wake unparks first, and sets the flag afterwards.
    UnparkFirst,
    /// The wait leaves the flag set, and it is cleared after the next poll.
    ClearAfterPoll,
    /// The wait parks before it looks at the flag for the first time.
    ParkFirst,
    /// The wait parks at most once, and trusts that it was woken.
    NoLoop,
    /// Between the look at the flag and the park, other code takes the token.
    TokenTakenInTheGap,
}

struct Signal {
    notified: AtomicBool,
    thread: Thread,
    fault: Fault,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        if self.fault == Fault::UnparkFirst {
            self.thread.unpark();
            self.notified.swap(true, Ordering::Release);
        } else if !self.notified.swap(true, Ordering::Release) {
            self.thread.unpark();
        }
    }
}

impl Signal {
    fn wait(&self) {
        if self.fault == Fault::ParkFirst {
            thread::park();
        }
        while !self.look() {
            if self.fault == Fault::TokenTakenInTheGap {
                thread::take_token();
            }
            thread::park();
            if self.fault == Fault::NoLoop {
                break;
            }
        }
    }

    fn look(&self) -> bool {
        if self.fault == Fault::ClearAfterPoll {
            self.notified.load(Ordering::Acquire)
        } else {
            self.notified.swap(false, Ordering::Acquire)
        }
    }
}

pub(crate) fn block_on<F: Future>(future: F, fault: Fault) -> F::Output {
    let mut future = pin!(future);
    let signal = Arc::new(Signal {
        notified: AtomicBool::new(false),
        thread: thread::current(),
        fault,
    });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        if signal.fault == Fault::ClearAfterPoll {
            signal.notified.swap(false, Ordering::Acquire);
        }
        signal.wait();
    }
}
