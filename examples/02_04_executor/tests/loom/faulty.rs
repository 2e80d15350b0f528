//! The flag and the queue of the executor once more, with one fault at a time. What has to do with panics, and with futures
//! that are not dropped soon enough, is left out.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use real_std::future::Future;

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// The flag is cleared after the poll, as in `src/bin/lost_wake.rs`.
    ClearAfterPoll,
    /// Every wake makes an entry, as in `src/bin/storm.rs`.
    NoFlag,
}

struct Task {
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    queued: AtomicBool,
    ready_queue: Sender<Arc<Task>>,
    fault: Fault,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if !self.queued.swap(true, Ordering::Release) || self.fault == Fault::NoFlag {
            let _ = self.ready_queue.send(Arc::clone(&self));
        }
    }
}

/// Runs one future, and says how many futures have finished.
pub(crate) fn run(future: Pin<Box<dyn Future<Output = ()> + Send>>, fault: Fault) -> usize {
    let (sender, ready_queue) = mpsc::channel();
    Arc::new(Task {
        future: Mutex::new(Some(future)),
        queued: AtomicBool::new(false),
        ready_queue: sender,
        fault,
    })
    .wake(); // the first entry of a task is made like every other
    let mut finished = 0;
    while let Ok(task) = ready_queue.recv() {
        if fault != Fault::ClearAfterPoll {
            task.queued.swap(false, Ordering::Acquire);
        }
        let waker = Waker::from(Arc::clone(&task));
        let mut slot = task.future.lock().expect("no panic");
        if let Some(future) = slot.as_mut()
            && let Poll::Ready(()) = future.as_mut().poll(&mut Context::from_waker(&waker))
        {
            *slot = None;
            finished += 1;
        }
        drop(slot);
        if fault == Fault::ClearAfterPoll {
            task.queued.swap(false, Ordering::Acquire);
        }
    }
    finished
}
