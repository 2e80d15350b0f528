//! What a wake may cost. No test waits for more than ten seconds, whatever the executor does.

use std::future::poll_fn;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, mpsc};
use std::task::{Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use crate::exercise::Executor;

const WAKES: usize = 15;

/// A task that is never finished. It counts its polls, and hands out the waker of each.
struct Watched {
    polls: Arc<AtomicUsize>,
    wakers: mpsc::Receiver<Waker>,
}

impl Watched {
    /// Spawns the task. In each poll, `during` gets the poll's number and its waker.
    fn spawn_on(
        executor: &Executor,
        mut during: impl FnMut(usize, &Waker) + Send + 'static,
    ) -> Self {
        let polls = Arc::new(AtomicUsize::new(0));
        let (give, wakers) = mpsc::channel();
        let counter = Arc::clone(&polls);
        executor.spawn(poll_fn(move |cx| {
            let number = counter.fetch_add(1, Ordering::Relaxed) + 1;
            // Fails only if the test is over.
            let _ = give.send(cx.waker().clone());
            during(number, cx.waker());
            Poll::Pending
        }));
        Watched { polls, wakers }
    }

    fn polls(&self) -> usize {
        self.polls.load(Ordering::Relaxed)
    }

    /// The waker of the latest poll.
    fn waker(&self) -> Waker {
        self.wakers.try_iter().last().expect("there was a poll")
    }
}

/// Polls until the ready queue is empty, and says how many entries it had. Gives up after 100.
fn poll_all(executor: &Executor) -> usize {
    (0..100).take_while(|_| executor.poll_next()).count()
}

/// Runs a test on a thread of its own, and fails if it does not end.
fn bounded(test: impl FnOnce() + Send + 'static) {
    let (done, is_done) = mpsc::channel();
    let thread = thread::spawn(move || {
        test();
        // Fails only if we have given up already.
        let _ = done.send(());
    });
    match is_done.recv_timeout(Duration::from_secs(10)) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!(
            "still not finished: does `wake` lock what a poll has locked? \
             A wake can come during a poll"
        ),
        // The thread has ended. If it has panicked, so do we.
        _ => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
    }
}

#[test]
fn a_spawned_task_has_one_entry_and_one_poll() {
    bounded(|| {
        let executor = Executor::default();
        let task = Watched::spawn_on(&executor, |_, _| ());
        assert_eq!(executor.entries(), 1, "entries of a new task");
        assert_eq!(poll_all(&executor), 1);
        assert_eq!(task.polls(), 1, "polls of a new task");
        assert_eq!(executor.entries(), 0, "nobody has woken the task again");
    });
}

#[test]
fn wakes_before_a_poll_cost_one_poll() {
    bounded(|| {
        let executor = Executor::default();
        let task = Watched::spawn_on(&executor, |_, _| ());
        poll_all(&executor);
        let waker = task.waker();
        for _ in 0..WAKES {
            waker.wake_by_ref();
        }
        assert_eq!(
            executor.entries(),
            1,
            "left: the queue entries that {WAKES} wakes have made; one of them is enough"
        );
        poll_all(&executor);
        assert_eq!(task.polls(), 2, "the first poll, and one for {WAKES} wakes");
    });
}

#[test]
fn wakes_during_a_poll_cost_one_more_poll() {
    bounded(|| {
        let executor = Executor::default();
        let task = Watched::spawn_on(&executor, |number, waker| {
            if number == 1 {
                (0..WAKES).for_each(|_| waker.wake_by_ref());
            }
        });
        assert!(executor.poll_next());
        let entries = executor.entries();
        assert_ne!(
            entries, 0,
            "the task was woken during its poll and has no queue entry now: these wakes are lost. \
             Is the task still marked as queued while it is polled?"
        );
        assert_eq!(
            entries, 1,
            "left: the queue entries that {WAKES} wakes during a poll have made; one of them is enough"
        );
        poll_all(&executor);
        assert_eq!(task.polls(), 2, "the first poll, and one for {WAKES} wakes");
    });
}

#[test]
fn a_wake_after_a_poll_costs_a_poll_again() {
    bounded(|| {
        let executor = Executor::default();
        let task = Watched::spawn_on(&executor, |_, _| ());
        for round in 1..=3 {
            poll_all(&executor);
            assert_eq!(
                task.polls(),
                round,
                "left: the polls so far; the right number is one for the spawn and one for each later wake"
            );
            task.waker().wake();
        }
    });
}

#[test]
fn each_task_has_an_entry_of_its_own() {
    bounded(|| {
        let executor = Executor::default();
        let tasks = [(); 2].map(|()| Watched::spawn_on(&executor, |_, _| ()));
        poll_all(&executor);
        for task in &tasks {
            task.waker().wake();
        }
        poll_all(&executor);
        assert_eq!(tasks.map(|task| task.polls()), [2, 2], "polls of two tasks");
    });
}

/// Two wakes meet at a flag. If it is looked at in one step and set in the next, both find it unset.
///
/// Two threads wake the same tasks in the same order. The one behind finds flags that are set, so it has less to do and
/// catches up. Then both are at the same task, whatever the machine. A busy machine plays fewer rounds.
#[test]
fn two_wakes_at_the_same_time_cost_one_poll() {
    const TASKS: usize = 500;
    const ROUNDS: usize = 2_000;
    const TIME: Duration = Duration::from_secs(2);
    bounded(|| {
        let executor = Executor::default();
        let tasks: Vec<_> = (0..TASKS)
            .map(|_| Watched::spawn_on(&executor, |_, _| ()))
            .collect();
        while executor.poll_next() {}
        let wakers: Vec<_> = tasks.iter().map(Watched::waker).collect();
        let begin = Instant::now();
        for _ in (0..ROUNDS).take_while(|_| begin.elapsed() < TIME) {
            let barrier = Barrier::new(2);
            let wake_all = || {
                barrier.wait();
                wakers.iter().for_each(Waker::wake_by_ref);
            };
            thread::scope(|scope| {
                scope.spawn(wake_all);
                wake_all();
            });
            assert_eq!(
                executor.entries(),
                TASKS,
                "left: the queue entries of {TASKS} tasks, when two threads woke each of them at the same time. \
                 Is the flag looked at and set in one step?"
            );
            while executor.poll_next() {}
        }
    });
}

#[test]
fn a_finished_future_is_not_polled_again() {
    bounded(|| {
        let executor = Executor::default();
        let (give, wakers) = mpsc::channel();
        let mut finished = false;
        executor.spawn(poll_fn(move |cx| {
            assert!(!finished, "a finished future was polled again");
            finished = true;
            cx.waker().wake_by_ref();
            let _ = give.send(cx.waker().clone());
            Poll::Ready(())
        }));
        poll_all(&executor);
        wakers.recv().expect("the future was polled").wake();
        poll_all(&executor);
    });
}
