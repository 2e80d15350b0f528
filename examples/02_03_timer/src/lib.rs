//! A timer that honours the waker contract, with nothing but the standard library.
//!
//! Two versions stand side by side. [`TimerFuture`] is eager: its time runs from the moment it is created.
//! [`lazy::TimerFuture`] is lazy: its time runs from its first poll. Both have the same contract otherwise:
//!
//! - A poll that answers pending stores the newest waker, and only that one is woken.
//! - The waker is woken after the lock is released, so a waker may poll the timer on the spot.
//! - A timer that is dropped early leaves no thread behind.

pub mod lazy;

// ANCHOR: imports
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;
// ANCHOR_END: imports

// ANCHOR: timer_decl
/// A future that is ready when a duration has passed since [`TimerFuture::new`].
///
/// A poll after completion answers ready again. Dropping the timer early ends its thread.
#[derive(Debug)]
pub struct TimerFuture {
    shared: Arc<Mutex<Shared>>,
    /// Sends nothing, ever. The thread notices when it is dropped.
    _alive: Sender<Infallible>,
}

/// What the future and the timer's thread both see.
#[derive(Debug)]
struct Shared {
    fired: bool,
    /// The waker of the latest poll, until somebody takes it out to wake it.
    waker: Option<Waker>,
}
// ANCHOR_END: timer_decl

// ANCHOR: future_for_timer
impl Future for TimerFuture {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // Held until the end: the timer cannot fire between our question and our answer.
        let mut state = lock(&self.shared);
        if state.fired {
            return Poll::Ready(());
        }
        match &mut state.waker {
            // Clones only if the new waker would wake another task than the stored one.
            Some(stored) => stored.clone_from(cx.waker()),
            None => state.waker = Some(cx.waker().clone()),
        }
        Poll::Pending
    }
}
// ANCHOR_END: future_for_timer

// ANCHOR: timer_new
impl TimerFuture {
    /// Starts a timer. Its time runs from now on, polled or not.
    ///
    /// # Panics
    ///
    /// When the operating system refuses a new thread, as [`thread::spawn`] does.
    pub fn new(duration: Duration) -> Self {
        let shared = Arc::new(Mutex::new(Shared {
            fired: false,
            waker: None,
        }));
        let (alive, until_dropped) = mpsc::channel();
        let for_thread = Arc::clone(&shared);
        thread::spawn(move || {
            // No message can come, so two answers are left: the time is over, or the future is gone.
            if until_dropped.recv_timeout(duration) == Err(RecvTimeoutError::Timeout) {
                fire(&for_thread);
            }
        });
        Self {
            shared,
            _alive: alive,
        }
    }
}
// ANCHOR_END: timer_new

// ANCHOR: fire
/// Makes the timer ready, then wakes whoever polled it last.
fn fire(shared: &Mutex<Shared>) {
    let mut state = lock(shared);
    state.fired = true;
    let waker = state.waker.take();
    // A waker is somebody else's code. It may poll this timer at once, and a poll needs the lock.
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}
// ANCHOR_END: fire

// ANCHOR: lock
/// Locks the state, even if a panic has poisoned the mutex.
///
/// A poisoned mutex warns that its value may be half-changed. This one cannot be: it holds two
/// fields, each is set in one step, and every combination of them is a state that we handle.
fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
// ANCHOR_END: lock
