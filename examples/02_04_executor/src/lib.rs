//! An executor: it runs many tasks on one thread.
//!
//! [`executor`] makes the two halves. A [`Spawner`] hands futures over, from any thread.
//! [`Executor::run`] polls them on the thread that calls it, each one when it has been woken, and
//! returns when there is nothing left to wait for.
//!
//! ```
//! let (executor, spawner) = executor::executor();
//! spawner.spawn(async { println!("a task runs") }).expect("the executor exists");
//! drop(spawner); // otherwise `run` waits for more tasks
//! assert_eq!(executor.run().finished, 1);
//! ```

use std::any::Any;
use std::error::Error;
use std::fmt;
use std::panic::catch_unwind;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Wake, Waker};

// ANCHOR: halves
/// The half that polls: it owns the receiving end of the ready queue.
#[derive(Debug)]
pub struct Executor {
    ready_queue: Receiver<Arc<Task>>,
}

/// The half that hands futures over. Clone it, and give the clones to tasks and threads.
#[derive(Clone, Debug)]
pub struct Spawner {
    ready_queue: Arc<Sender<Arc<Task>>>,
}

/// Makes an executor without tasks, and its first spawner.
#[must_use]
pub fn executor() -> (Executor, Spawner) {
    let (sender, ready_queue) = mpsc::channel();
    let spawner = Spawner {
        ready_queue: Arc::new(sender),
    };
    (Executor { ready_queue }, spawner)
}
// ANCHOR_END: halves

// ANCHOR: task
/// One task: what a waker points to, and what the ready queue holds.
struct Task {
    /// `None` while the executor polls the future, and for good once it has finished.
    unfinished: Mutex<Option<Unfinished>>,
    /// Whether the ready queue holds this task, or is about to.
    queued: AtomicBool,
    /// Weak: a waker can outlive its task, and must not keep the queue open.
    ready_queue: Weak<Sender<Arc<Task>>>,
}

/// What goes away when the future finishes.
struct Unfinished {
    future: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// Keeps the queue open: while a task is unfinished, `run` waits for it.
    _keeps_open: Arc<Sender<Arc<Task>>>,
}
// ANCHOR_END: task

// ANCHOR: wake
impl Wake for Task {
    fn wake(self: Arc<Self>) {
        // Release: what happened before this wake is visible to the poll that it asks for.
        let was_queued = self.queued.swap(true, Ordering::Release);
        if !was_queued && let Some(ready_queue) = self.ready_queue.upgrade() {
            // An error would say that the executor is gone. Then nobody polls this task again.
            let _ = ready_queue.send(self);
        }
    }
}
// ANCHOR_END: wake

// ANCHOR: poll
impl Task {
    /// Polls the future once, and says whether it has finished in this poll.
    fn poll(self: Arc<Self>) -> bool {
        // Before the poll: a wake from now on is for the next poll, and makes a new queue entry.
        // A swap, because only an operation that reads can acquire what the wakes have released.
        self.queued.swap(false, Ordering::Acquire);
        // Taken out: no lock is held during the poll, and a future that panics does not come back.
        let Some(mut unfinished) = self.slot().take() else {
            return false; // woken after it had finished
        };
        let waker = Waker::from(Arc::clone(&self));
        let mut cx = Context::from_waker(&waker);
        match unfinished.future.as_mut().poll(&mut cx) {
            Poll::Pending => {
                *self.slot() = Some(unfinished);
                false
            }
            Poll::Ready(()) => true, // `unfinished` is not put back, so it does not outlive this call
        }
    }
}
// ANCHOR_END: poll

impl Task {
    /// Locks the future's place.
    ///
    /// The lock is held for one `take` or one assignment, and never while a future runs. Neither
    /// leaves the `Option` half changed, so poison would tell us nothing, and we go on with the value.
    fn slot(&self) -> MutexGuard<'_, Option<Unfinished>> {
        self.unfinished
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

// ANCHOR: spawn
impl Spawner {
    /// Hands a future to the executor, which makes it a task. Only [`Executor::run`] polls it.
    ///
    /// # Errors
    ///
    /// [`SpawnError`] if the executor has been dropped. The future is dropped then, without a poll.
    pub fn spawn(
        &self,
        future: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), SpawnError> {
        let task = Arc::new(Task {
            unfinished: Mutex::new(Some(Unfinished {
                future: Box::pin(future),
                _keeps_open: Arc::clone(&self.ready_queue),
            })),
            queued: AtomicBool::new(true), // a few lines below, for the first poll
            ready_queue: Arc::downgrade(&self.ready_queue),
        });
        self.ready_queue.send(task).map_err(|_| SpawnError)
    }
}
// ANCHOR_END: spawn

// ANCHOR: run
impl Executor {
    /// Polls tasks on this thread, in the order in which they were woken. Between them it waits.
    ///
    /// Returns when no spawner and no unfinished task is left. A task whose wakers are all gone
    /// can never be polled again: it is dropped, and not waited for.
    ///
    /// A task that panics ends no other task. Its future is dropped, its panic is in the report.
    pub fn run(self) -> Report {
        let mut report = Report::default();
        // An error says that the queue is empty and nobody is left who could put a task into it.
        while let Ok(task) = self.ready_queue.recv() {
            // `poll` has taken the future out of the task. So a panic drops it, and nobody sees it half
            // changed. What is left of the task is an empty slot and a flag.
            match catch_unwind(|| task.poll()) {
                Ok(true) => report.finished += 1,
                Ok(false) => {}
                Err(panic) => report.panics.push(panic),
            }
        }
        report
    }
}
// ANCHOR_END: run

// ANCHOR: report
/// What became of the tasks.
#[derive(Debug, Default)]
#[must_use = "a task may have panicked"]
pub struct Report {
    /// How many tasks finished.
    pub finished: usize,
    /// The payload of each panic, in order. [`std::panic::resume_unwind`] passes one on.
    pub panics: Vec<Box<dyn Any + Send>>,
}
// ANCHOR_END: report

/// The executor is gone, and with it the ready queue: the future was dropped, not spawned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpawnError;

impl fmt::Display for SpawnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the executor is gone")
    }
}

impl Error for SpawnError {}
