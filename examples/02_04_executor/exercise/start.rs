//! An executor that polls by hand. Every wake makes a queue entry, and every entry costs a poll.
//!
//! Make N wakes cost one poll, and lose none of them. The tests beside this file say what that means;
//! do not edit them. Run: `cargo book exercise 02_04`

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Wake, Waker};

/// An executor that never waits: it polls when it is told to.
#[derive(Default)]
pub(crate) struct Executor {
    ready_queue: Arc<ReadyQueue>,
}

type ReadyQueue = Mutex<VecDeque<Arc<Task>>>;

struct Task {
    /// `None` for good once the future has finished.
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    ready_queue: Weak<ReadyQueue>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if let Some(ready_queue) = self.ready_queue.upgrade() {
            lock(&ready_queue).push_back(self);
        }
    }
}

impl Executor {
    /// Makes a task out of a future, and puts it into the ready queue.
    pub(crate) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        let task = Arc::new(Task {
            future: Mutex::new(Some(Box::pin(future))),
            ready_queue: Arc::downgrade(&self.ready_queue),
        });
        task.wake();
    }

    /// How many entries the ready queue has.
    pub(crate) fn entries(&self) -> usize {
        lock(&self.ready_queue).len()
    }

    /// Polls the task at the front of the ready queue. Says whether there was one.
    pub(crate) fn poll_next(&self) -> bool {
        let Some(task) = lock(&self.ready_queue).pop_front() else {
            return false;
        };
        let waker = Waker::from(Arc::clone(&task));
        let mut slot = lock(&task.future);
        if let Some(future) = slot.as_mut() {
            let answer = future.as_mut().poll(&mut Context::from_waker(&waker));
            if answer.is_ready() {
                *slot = None;
            }
        }
        true
    }
}

/// No test polls a future that panics, so a poisoned mutex holds a value as good as any.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
