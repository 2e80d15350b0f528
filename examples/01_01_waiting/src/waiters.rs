//! The waiters, each a thread in [`threads()`] and each a task in [`tasks()`].

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;

use futures::channel::oneshot;
use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;

/// What has been done so far. Each moment comes once, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The channels exist, and no waiter does. The channels are not what we compare, so they come before.
    Prepared,
    /// Every waiter has been started, and has reached its channel.
    AllWait,
    /// Every waiter has received its number, has added it to the sum, and has ended.
    AllDone,
}

/// The system refused to make one more thread.
#[derive(Debug)]
pub struct Refused {
    /// How many threads had been started before.
    pub started: u64,
    /// What the system said.
    pub reason: io::Error,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused after {} threads: {}", self.started, self.reason)
    }
}

impl std::error::Error for Refused {}

/// What a thread's stack gets if nobody asks for another size, in KiB: the default of the standard library.
pub const DEFAULT_STACK_KIB: usize = 2 * 1024;

/// Runs each waiter as a thread, and returns the sum.
///
/// # Errors
///
/// The system refused a thread. Those that run already end by themselves.
///
/// # Panics
///
/// If a thread panics.
pub fn threads(
    count: u64,
    stack_kib: usize,
    mut reached: impl FnMut(Moment),
) -> Result<u64, Refused> {
    let (senders, receivers): (Vec<_>, Vec<_>) =
        (0..count).map(|_| mpsc::sync_channel::<u64>(1)).unzip();
    let sum = Arc::new(AtomicU64::new(0));
    reached(Moment::Prepared);

    // ANCHOR: threads_start
    let (announce, announced) = mpsc::channel();
    let mut threads = Vec::new();
    for (started, receiver) in (0..).zip(receivers) {
        let (sum, announce) = (Arc::clone(&sum), announce.clone());
        let waiter = move || {
            // An error means that the system has refused a thread, and `threads` has returned.
            let _ = announce.send(());
            drop(announce);
            if let Ok(number) = receiver.recv() {
                sum.fetch_add(number, Ordering::Relaxed);
            }
        };
        // `thread::spawn` would panic where `Builder::spawn` returns an error.
        let builder = thread::Builder::new().stack_size(stack_kib * 1024);
        let thread = builder.spawn(waiter);
        threads.push(thread.map_err(|reason| Refused { started, reason })?);
    }
    // The system decides which thread runs when, so we wait until each of them has said that it runs. Without the last
    // sender, `recv` fails if a thread ends before it has said so, and does not wait forever.
    drop(announce);
    for _ in &threads {
        announced.recv().expect("every thread announces itself");
    }
    reached(Moment::AllWait);
    // ANCHOR_END: threads_start

    // ANCHOR: threads_finish
    for (number, sender) in (0..).zip(senders) {
        sender.send(number).expect("the thread waits for it");
    }
    for thread in threads {
        thread.join().expect("no waiter panics");
    }
    reached(Moment::AllDone);
    Ok(sum.load(Ordering::Relaxed))
    // ANCHOR_END: threads_finish
}

/// Runs each waiter as a task, all of them on the calling thread, and returns the sum.
pub fn tasks(count: u64, mut reached: impl FnMut(Moment)) -> u64 {
    let (senders, receivers): (Vec<_>, Vec<_>) =
        (0..count).map(|_| oneshot::channel::<u64>()).unzip();
    let sum = Arc::new(AtomicU64::new(0));
    reached(Moment::Prepared);

    // ANCHOR: tasks_start
    let mut pool = LocalPool::new();
    let spawner = pool.spawner();
    for receiver in receivers {
        let sum = Arc::clone(&sum);
        let waiter = async move {
            if let Ok(number) = receiver.await {
                sum.fetch_add(number, Ordering::Relaxed);
            }
        };
        spawner.spawn_local(waiter).expect("the pool exists");
    }
    // Runs every task to the place where it has to wait, and returns.
    pool.run_until_stalled();
    reached(Moment::AllWait);
    // ANCHOR_END: tasks_start

    // ANCHOR: tasks_finish
    for (number, sender) in (0..).zip(senders) {
        sender.send(number).expect("the task waits for it");
    }
    // Runs until no task is left.
    pool.run();
    reached(Moment::AllDone);
    sum.load(Ordering::Relaxed)
    // ANCHOR_END: tasks_finish
}
