//! Version 1: a wake is an unpark, and nothing else.
//!
//! It survives every stray unpark, because it polls again, and pays for each of them with a poll. What it does not
//! survive is a `park` inside the future: that `park` takes the token which the wake has left for this loop.
//! `src/bin/swallowed.rs` shows it.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

// ANCHOR: unparker
/// Wakes its one task by unparking the thread that polls it.
struct Unparker {
    thread: Thread,
}

impl Wake for Unparker {
    fn wake(self: Arc<Self>) {
        self.thread.unpark();
    }
}
// ANCHOR_END: unparker

// ANCHOR: block_on
/// Polls `future` on the current thread until it is ready, and returns its output.
///
/// Do not use this version: it can wait forever for a wake that has already happened.
///
/// # Panics
///
/// If the future panics; the panic reaches the caller.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unparker {
        thread: thread::current(),
    }));
    let mut cx = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        thread::park();
    }
}
// ANCHOR_END: block_on
