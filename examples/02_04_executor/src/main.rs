//! Two tasks on one thread: while one of them waits for a timer, the other one can wait as well.
//!
//! Nothing here depends on how long a timer takes. There is never more than one thing that can happen
//! next, so the recorded run is the same every time.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, ThreadId};
use std::time::Duration;

use executor::{SpawnError, executor};
// The lazy one: its first poll is always pending, however slow the machine is.
use timer_future::lazy::TimerFuture;

// ANCHOR: main
fn main() -> Result<(), SpawnError> {
    let (executor, spawner) = executor();
    let bell = Bell::default();
    let pause = Duration::from_millis(50);

    let heard = bell.clone();
    let first = async move {
        record("task 1", "waits for the bell");
        heard.await;
        record("task 1", "has heard the bell, and starts a timer");
        TimerFuture::new(pause).await;
        record("task 1", "is finished");
    };
    let second = async move {
        record("task 2", "starts a timer");
        TimerFuture::new(pause).await;
        record("task 2", "rings the bell");
        bell.ring();
        record("task 2", "is finished");
    };

    spawner.spawn(Recorded::new("task 1", first))?;
    spawner.spawn(Recorded::new("task 2", second))?;
    drop(spawner);
    record("main", "has spawned two tasks, and runs the executor");
    let report = executor.run();
    record(
        "main",
        &format!("is back: {} tasks finished", report.finished),
    );
    Ok(())
}
// ANCHOR_END: main

/// A future that is ready once somebody has rung. Its clones are the same bell. One task can wait.
#[derive(Clone, Default)]
struct Bell(Arc<Mutex<Ringing>>);

#[derive(Default)]
struct Ringing {
    rung: bool,
    waker: Option<Waker>,
}

impl Bell {
    fn ring(&self) {
        let mut state = self.lock();
        state.rung = true;
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// No panic leaves the two fields half changed: a poisoned mutex holds a value as good as any.
    fn lock(&self) -> MutexGuard<'_, Ringing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Future for Bell {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.lock();
        if state.rung {
            return Poll::Ready(());
        }
        match &mut state.waker {
            Some(stored) => stored.clone_from(cx.waker()),
            None => state.waker = Some(cx.waker().clone()),
        }
        Poll::Pending
    }
}

/// Passes polls on to a future, and wakes on to its task, and records both.
struct Recorded<F> {
    name: &'static str,
    future: Pin<Box<F>>,
}

impl<F: Future<Output = ()>> Future for Recorded<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        record("executor", &format!("polls {}", self.name));
        let waker = Waker::from(Arc::new(RecordedWaker {
            name: self.name,
            executor: thread::current().id(),
            waker: cx.waker().clone(),
        }));
        self.future.as_mut().poll(&mut Context::from_waker(&waker))
    }
}

impl<F> Recorded<F> {
    fn new(name: &'static str, future: F) -> Self {
        let future = Box::pin(future);
        Recorded { name, future }
    }
}

struct RecordedWaker {
    name: &'static str,
    executor: ThreadId,
    waker: Waker,
}

impl Wake for RecordedWaker {
    fn wake(self: Arc<Self>) {
        let thread = match thread::current().id() == self.executor {
            true => "the executor's own thread",
            false => "another thread",
        };
        record("waker", &format!("wakes {} from {thread}", self.name));
        self.waker.wake_by_ref();
    }
}

fn record(actor: &str, what: &str) {
    println!("{actor:<8}  {what}");
}
