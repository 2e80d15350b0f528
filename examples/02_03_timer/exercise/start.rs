//! A signal between two parts of a program: one fires it, the other waits for it. It loses a wakeup.
//!
//! Find the lost wakeup and repair it. The tests beside this file say what a signal must do; do not
//! edit them. Run: `cargo book exercise 02_03`

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Makes the two halves of a signal.
pub(crate) fn signal() -> (Trigger, Signal) {
    let shared = Arc::new(Mutex::new(Shared {
        fired: false,
        waker: None,
    }));
    let trigger = Trigger {
        shared: Arc::clone(&shared),
    };
    (trigger, Signal { shared })
}

/// Fires the signal, once.
pub(crate) struct Trigger {
    shared: Arc<Mutex<Shared>>,
}

/// A future that is ready when the signal has been fired.
pub(crate) struct Signal {
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    fired: bool,
    waker: Option<Waker>,
}

impl Trigger {
    /// Fires the signal and wakes the task that waits for it.
    pub(crate) fn fire(self) {
        let waker = lock(&self.shared).waker.take();
        if let Some(waker) = waker {
            waker.wake();
        }
        lock(&self.shared).fired = true;
    }
}

impl Future for Signal {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = lock(&self.shared);
        if state.fired {
            return Poll::Ready(());
        }
        match &mut state.waker {
            Some(stored) => stored.clone_from(cx.waker()),
            None => state.waker = Some(cx.waker().clone()),
        }
        Poll::Pending
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
