//! Break it first: a flag that is cleared after the poll loses the wake that comes during the poll.
//!
//! The same future runs on two executors. It wakes itself in its first poll, and is finished in its
//! second.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

struct Task {
    future: Mutex<Option<TwoSteps>>,
    queued: AtomicBool,
    ready_queue: Sender<Arc<Task>>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if !self.queued.swap(true, Ordering::Release) {
            // An error would say that the executor is gone.
            let _ = self.ready_queue.send(Arc::clone(&self));
        }
    }
}

// ANCHOR: too_late
fn run(ready_queue: Receiver<Arc<Task>>) {
    while let Ok(task) = ready_queue.recv() {
        let waker = Waker::from(Arc::clone(&task));
        let mut slot = lock(&task.future);
        if let Some(future) = slot.as_mut() {
            let answer = Pin::new(future).poll(&mut Context::from_waker(&waker));
            if answer.is_ready() {
                *slot = None;
            }
        }
        task.queued.swap(false, Ordering::Acquire); // too late
    }
}
// ANCHOR_END: too_late

// ANCHOR: two_steps
/// Wants two polls, and asks for the second one during the first.
#[derive(Default)]
struct TwoSteps {
    polls: usize,
}

impl Future for TwoSteps {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.polls += 1;
        if self.polls == 2 {
            record("task", "is polled a second time, and is finished");
            return Poll::Ready(());
        }
        record("task", "is polled, wakes itself, and answers pending");
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
// ANCHOR_END: two_steps

impl Drop for TwoSteps {
    fn drop(&mut self) {
        let state = if self.polls == 2 {
            "finished"
        } else {
            "unfinished"
        };
        record("task", &format!("is dropped, {state}"));
    }
}

fn main() -> Result<(), executor::SpawnError> {
    record(
        "main",
        "runs an executor that clears the flag after the poll",
    );
    let (spawner, ready_queue) = mpsc::channel();
    Arc::new(Task {
        future: Mutex::new(Some(TwoSteps::default())),
        queued: AtomicBool::new(false),
        ready_queue: spawner,
    })
    .wake(); // the first entry of a task is made like every other
    run(ready_queue);
    record("main", "sees that executor return");

    record("main", "runs the executor of this chapter");
    let (executor, spawner) = executor::executor();
    spawner.spawn(TwoSteps::default())?;
    drop(spawner);
    assert_eq!(executor.run().finished, 1);
    record("main", "sees that executor return");
    Ok(())
}

/// Nothing here panics under a lock, so a poisoned mutex holds a value as good as any.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn record(actor: &str, what: &str) {
    println!("{actor:<8}  {what}");
}
