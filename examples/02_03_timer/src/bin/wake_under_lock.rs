//! A timer that wakes while it holds its lock, and a waker that polls on the spot: a deadlock.
//!
//! The poll asks with `try_lock`, so the program can tell what happens, and ends with exit code 1.

use std::pin::Pin;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::task::{Context, Poll, Wake, Waker};

static DEADLOCK: AtomicBool = AtomicBool::new(false);

/// A timer without a clock: its time is over when somebody calls `fire`.
#[derive(Clone)]
struct BrokenTimer {
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    fired: bool,
    waker: Option<Waker>,
}

// ANCHOR: wake_under_lock
impl BrokenTimer {
    fn fire(&self) {
        let mut state = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        state.fired = true;
        // The bug: the guard lives until the end of the function.
        if let Some(waker) = state.waker.take() {
            record("timer", "wakes the task, with the lock held");
            waker.wake();
        }
    }
}
// ANCHOR_END: wake_under_lock

impl Future for BrokenTimer {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = match self.shared.try_lock() {
            Ok(state) => state,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            // Nobody else runs in this program, so the lock is held further up on our own stack.
            Err(TryLockError::WouldBlock) => {
                record("timer", "cannot answer: this thread holds the lock");
                DEADLOCK.store(true, Ordering::Relaxed);
                return Poll::Pending;
            }
        };
        if state.fired {
            return Poll::Ready(());
        }
        state.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}

// ANCHOR: polls_on_the_spot
/// A waker that does not put the task in a queue: it polls the timer at once, inside `wake`.
struct PollsOnTheSpot(BrokenTimer);

impl Wake for PollsOnTheSpot {
    fn wake(self: Arc<Self>) {
        record("waker", "polls the timer on the spot");
        let waker = Waker::from(Arc::clone(&self));
        let mut timer = self.0.clone();
        if Pin::new(&mut timer).poll(&mut Context::from_waker(&waker)) == Poll::Ready(()) {
            record("timer", "is ready");
        }
    }
}
// ANCHOR_END: polls_on_the_spot

fn main() -> ExitCode {
    let mut timer = BrokenTimer {
        shared: Arc::new(Mutex::new(Shared {
            fired: false,
            waker: None,
        })),
    };
    let waker = Waker::from(Arc::new(PollsOnTheSpot(timer.clone())));
    let answer = Pin::new(&mut timer).poll(&mut Context::from_waker(&waker));
    assert!(answer.is_pending(), "nobody has called `fire` yet");
    record("main", "polls the timer: pending");
    timer.fire();

    if DEADLOCK.load(Ordering::Relaxed) {
        record("main", "sees that `lock` would have waited forever");
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// One event, one line: who acts, then what is done.
fn record(actor: &str, what: &str) {
    println!("{actor:<5}  {what}");
}
