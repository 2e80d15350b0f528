//! A timer that keeps the first waker only, moved from one task to another: a lost wakeup.
//!
//! `cargo run -p timer_future --bin lost_wakeup` shows it and ends with exit code 1.
//! With `-- repaired` behind it, the same two tasks use the chapter's timer, and the exit code is 0.

use std::pin::Pin;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;
use std::{env, thread};

/// Long enough for two polls to come first, even on a busy machine.
const DURATION: Duration = Duration::from_millis(500);
/// The program gives up after this time, whatever you change in it.
const WATCHDOG: Duration = Duration::from_secs(10);

struct BrokenTimer {
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    fired: bool,
    waker: Option<Waker>,
}

// ANCHOR: first_waker_only
impl Future for BrokenTimer {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if state.fired {
            return Poll::Ready(());
        }
        // The bug: a second waker is thrown away, because the timer has one already.
        if state.waker.is_none() {
            state.waker = Some(cx.waker().clone());
        }
        Poll::Pending
    }
}
// ANCHOR_END: first_waker_only

impl BrokenTimer {
    fn new(duration: Duration) -> Self {
        let shared = Arc::new(Mutex::new(Shared {
            fired: false,
            waker: None,
        }));
        let for_thread = Arc::clone(&shared);
        thread::spawn(move || {
            thread::sleep(duration);
            let mut state = for_thread.lock().unwrap_or_else(PoisonError::into_inner);
            state.fired = true;
            let waker = state.waker.take();
            drop(state);
            if let Some(waker) = waker {
                waker.wake();
            }
        });
        Self { shared }
    }
}

/// A waker that passes each wake on as a message.
struct Bell(Sender<()>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        // An error means that nobody listens any more, and then nobody needs to be woken.
        let _ = self.0.send(());
    }
}

/// As much of a task as we need here: it polls what it is given, and it sleeps.
struct Task {
    name: &'static str,
    waker: Waker,
    wakes: Receiver<()>,
}

impl Task {
    fn new(name: &'static str) -> Self {
        let (bell, wakes) = mpsc::channel();
        let waker = Waker::from(Arc::new(Bell(bell)));
        Self { name, waker, wakes }
    }

    fn poll(&self, timer: &mut (impl Future<Output = ()> + Unpin)) {
        let mut cx = Context::from_waker(&self.waker);
        match Pin::new(timer).poll(&mut cx) {
            Poll::Ready(()) => record(self.name, "polls the timer: ready"),
            Poll::Pending => record(self.name, "polls the timer: pending"),
        }
    }

    /// Sleeps until a wake, or until it is certain that none can come. Says whether it was woken.
    fn sleep(&mut self) -> bool {
        // Our own copy goes. When the timer has none either, the channel closes, and that is our proof.
        self.waker = Waker::noop().clone();
        match self.wakes.recv_timeout(WATCHDOG) {
            Ok(()) => {
                record("timer", &format!("wakes {}", self.name));
                return true;
            }
            Err(RecvTimeoutError::Disconnected) => {
                record(self.name, "sleeps, and nobody holds its waker");
            }
            Err(RecvTimeoutError::Timeout) => record(self.name, "sleeps too long: we give up"),
        }
        false
    }
}

// ANCHOR: two_tasks
fn two_tasks(mut timer: impl Future<Output = ()> + Unpin) -> ExitCode {
    let mut a = Task::new("task A");
    let mut b = Task::new("task B");

    a.poll(&mut timer);
    record("task A", "hands the timer to task B");
    b.poll(&mut timer);

    if a.sleep() {
        record("task A", "has no timer any more: woken for nothing");
    }
    if b.sleep() {
        b.poll(&mut timer);
        ExitCode::SUCCESS
    } else {
        record("task B", "will never poll the timer again");
        ExitCode::FAILURE
    }
}
// ANCHOR_END: two_tasks

fn main() -> ExitCode {
    match env::args().nth(1).as_deref() {
        Some("repaired") => two_tasks(timer_future::TimerFuture::new(DURATION)),
        _ => two_tasks(BrokenTimer::new(DURATION)),
    }
}

/// One event, one line: who acts, then what is done.
fn record(actor: &str, what: &str) {
    println!("{actor:<6}  {what}");
}
