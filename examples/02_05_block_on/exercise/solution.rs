//! `block_on_for`, repaired: a return from `park_timeout` says nothing. The flag says whether the task was woken, and
//! the clock says whether the time is over.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// Makes a `park` of this thread return, although nothing has happened.
pub(crate) fn disturb(thread: &Thread) {
    thread.unpark();
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

impl Signal {
    /// Waits for a wake, and says whether one came before the deadline. Without a deadline, waits for the wake alone.
    fn wait_until(&self, deadline: Option<Instant>) -> bool {
        loop {
            // What is left, and not the whole limit again: neither a stray unpark nor a wake must buy more time.
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            // Before the flag: a task that wakes itself in every poll would never come to a clock behind it.
            if left == Some(Duration::ZERO) {
                return false;
            }
            if self.notified.swap(false, Ordering::Acquire) {
                return true;
            }
            match left {
                None => thread::park(),
                Some(left) => thread::park_timeout(left),
            }
        }
    }
}

/// Polls `future` on the current thread until it is ready, and returns its output. Returns `None` if it is still pending
/// when `limit` has passed since the call.
pub(crate) fn block_on_for<F: Future>(future: F, limit: Duration) -> Option<F::Output> {
    let mut future = pin!(future);
    // `None` is a moment so far away that the clock has no name for it, as with `Duration::MAX`.
    let deadline = Instant::now().checked_add(limit);
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
        if !signal.wait_until(deadline) {
            return None;
        }
    }
}
