//! The lazy timer: nothing happens, and no thread exists, before the first poll.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

// ANCHOR: lazy_decl
/// A future that is ready when a duration has passed since its first poll.
///
/// A poll after completion answers ready again. Dropping the timer early ends its thread.
///
/// # Panics
///
/// Its first poll panics when the operating system refuses a new thread, as [`thread::spawn`] does.
/// The timer is then as before: another poll tries again.
#[derive(Debug)]
pub struct TimerFuture {
    duration: Duration,
    shared: Arc<Mutex<Shared>>,
    /// As in the eager timer, but there is no thread to keep alive before the first poll.
    alive: Option<Sender<Infallible>>,
}

impl TimerFuture {
    /// Describes a timer. Its time runs from the first poll on.
    pub fn new(duration: Duration) -> Self {
        let state = Shared {
            fired: false,
            waker: None,
        };
        Self {
            duration,
            shared: Arc::new(Mutex::new(state)),
            alive: None,
        }
    }
}
// ANCHOR_END: lazy_decl

/// What the future and the timer's thread both see.
#[derive(Debug)]
struct Shared {
    fired: bool,
    /// The waker of the latest poll. `None` in a timer that has not fired: nobody has polled it yet.
    waker: Option<Waker>,
}

// ANCHOR: future_for_lazy
impl Future for TimerFuture {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        let mut state = lock(&this.shared);
        if state.fired {
            return Poll::Ready(());
        }
        match &mut state.waker {
            Some(stored) => stored.clone_from(cx.waker()),
            None => {
                // The thread first: if it cannot start, the next poll finds no waker and tries again.
                // It cannot fire too early either, because we hold the lock until the waker is stored.
                this.alive = Some(start(this.duration, Arc::clone(&this.shared)));
                state.waker = Some(cx.waker().clone());
            }
        }
        Poll::Pending
    }
}
// ANCHOR_END: future_for_lazy

/// Starts the timer's thread, which lives until it fires or until the sender is dropped.
fn start(duration: Duration, shared: Arc<Mutex<Shared>>) -> Sender<Infallible> {
    let (alive, until_dropped) = mpsc::channel();
    thread::spawn(move || {
        if until_dropped.recv_timeout(duration) == Err(RecvTimeoutError::Timeout) {
            fire(&shared);
        }
    });
    alive
}

/// Makes the timer ready, then wakes whoever polled it last, without the lock.
fn fire(shared: &Mutex<Shared>) {
    let mut state = lock(shared);
    state.fired = true;
    let waker = state.waker.take();
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// Locks the state, even if a panic has poisoned the mutex: two plain fields are never half-changed.
fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
