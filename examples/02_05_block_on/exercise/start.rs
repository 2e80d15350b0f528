//! A `block_on` that gives up when a time limit is over. Break it with stray unparks, then repair it.
//!
//! The tests beside this file use your `disturb` and say what `block_on_for` must do; do not edit them.
//! Run: `cargo book exercise 02_05`

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

/// Step 1, break it: makes a `park` of this thread return, although nothing has happened.
pub(crate) fn disturb(_thread: &Thread) {
    // Your line.
}

struct Signal {
    notified: AtomicBool,
    thread: Thread,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        if !self.notified.swap(true, Ordering::Release) {
            self.thread.unpark();
        }
    }
}

/// Polls `future` on the current thread until it is ready, and returns its output. Returns `None` if it is still pending
/// when `limit` has passed since the call.
///
/// Step 2, repair it: with your `disturb`, two more tests turn red.
pub(crate) fn block_on_for<F: Future>(future: F, limit: Duration) -> Option<F::Output> {
    let mut future = pin!(future);
    let signal = Arc::new(Signal {
        notified: AtomicBool::new(false),
        thread: thread::current(),
    });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return Some(output);
        }
        thread::park_timeout(limit);
        if !signal.notified.swap(false, Ordering::Acquire) {
            // Nobody has woken us, so the time is over.
            return None;
        }
    }
}
