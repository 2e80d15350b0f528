//! Version 2: a wake is a flag, and the unpark only says "look at the flag".
//!
//! Whoever takes the token, the flag is still there. Whoever adds a token, the flag is still not.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

// ANCHOR: signal
/// Whether the task has been woken, and the thread that wants to know.
///
/// The idea, a flag beside the token, is that of `futures::executor::block_on`.
struct Signal {
    notified: AtomicBool,
    thread: Thread,
}
// ANCHOR_END: signal

// ANCHOR: wake
impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // First the flag, then the token: a thread that returns from `park` must find the flag set.
        // If the flag was set before, whoever set it unparks the thread, and one unpark is enough.
        if !self.notified.swap(true, Ordering::Release) {
            self.thread.unpark();
        }
    }
}
// ANCHOR_END: wake

// ANCHOR: wait
impl Signal {
    /// Returns when the task has been woken since the last `wait`. Only the thread in `self.thread` may call it.
    fn wait(&self) {
        // Look before every `park`: the wake may have come already, and its token may be gone.
        // Look after every `park`: the token may have been meant for somebody else.
        while !self.notified.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}
// ANCHOR_END: wait

// ANCHOR: block_on
/// Polls `future` on the current thread until it is ready, and returns its output.
///
/// The future is polled once at the start, and then once for any number of wakes since the last poll began. It may
/// borrow from the caller and need not be `Send`: it stays on this thread, and is dropped before `block_on` returns.
///
/// The thread does nothing else meanwhile. If nobody ever wakes the future, `block_on` never returns.
///
/// # Panics
///
/// If the future panics; the panic reaches the caller, after the future has been dropped.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let signal = Arc::new(Signal {
        notified: AtomicBool::new(false),
        thread: thread::current(),
    });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        signal.wait();
    }
}
// ANCHOR_END: block_on
