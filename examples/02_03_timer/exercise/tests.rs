//! What a signal must do. No test waits for more than ten seconds, whatever the signal does.

use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

use crate::exercise::{Signal, Trigger, signal};

/// A waker that counts how often it is woken.
#[derive(Default)]
struct Counter(AtomicUsize);

impl Counter {
    fn wakes(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Wake for Counter {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
        // Gives the woken task a chance to poll before `wake` returns.
        thread::yield_now();
    }
}

fn poll(signal: &mut Signal, waker: &Waker) -> Poll<()> {
    Pin::new(signal).poll(&mut Context::from_waker(waker))
}

/// Runs a test on a thread of its own, and fails if it does not end.
fn bounded(hint: &str, test: impl FnOnce() + Send + 'static) {
    let (done, is_done) = mpsc::channel();
    let thread = thread::spawn(move || {
        test();
        // Fails only if we have given up already.
        let _ = done.send(());
    });
    match is_done.recv_timeout(Duration::from_secs(10)) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("still not finished: {hint}"),
        // The thread has ended. If it has panicked, so do we.
        _ => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
    }
}

#[test]
fn a_poll_before_the_signal_is_pending_and_wakes_nobody() {
    let (_trigger, mut signal) = signal();
    let counter = Arc::new(Counter::default());
    let waker = Waker::from(Arc::clone(&counter));
    for _ in 0..3 {
        assert_eq!(poll(&mut signal, &waker), Poll::Pending);
    }
    assert_eq!(
        counter.wakes(),
        0,
        "nothing has happened, so nobody is to be woken: a task that wakes itself is polled all the time"
    );
}

#[test]
fn a_poll_after_the_signal_is_ready() {
    let (trigger, mut signal) = signal();
    trigger.fire();
    assert_eq!(poll(&mut signal, Waker::noop()), Poll::Ready(()));
    assert_eq!(poll(&mut signal, Waker::noop()), Poll::Ready(()), "again");
}

#[test]
fn firing_wakes_the_newest_waker_once() {
    let (trigger, mut signal) = signal();
    let [old, new] = [(); 2].map(|()| Arc::new(Counter::default()));
    for counter in [&old, &new] {
        let waker = Waker::from(Arc::clone(counter));
        assert_eq!(poll(&mut signal, &waker), Poll::Pending);
    }
    trigger.fire();
    assert_eq!(old.wakes(), 0, "the waker of an older poll");
    assert_eq!(new.wakes(), 1, "the waker of the newest poll");
    assert_eq!(poll(&mut signal, Waker::noop()), Poll::Ready(()));
}

/// A waker that polls the signal inside `wake`. The fastest executor imaginable: there is no time at
/// all between the wake and the poll.
struct PollsOnTheSpot {
    signal: Mutex<Signal>,
    answers: Mutex<Vec<Poll<()>>>,
}

impl PollsOnTheSpot {
    fn poll(self: &Arc<Self>) {
        let waker = Waker::from(Arc::clone(self));
        // `try_lock`, so that a signal that wakes inside its own poll does not block us.
        let Ok(mut signal) = self.signal.try_lock() else {
            return;
        };
        let answer = poll(&mut signal, &waker);
        self.answers.lock().expect("no push panics").push(answer);
    }
}

impl Wake for PollsOnTheSpot {
    fn wake(self: Arc<Self>) {
        self.poll();
    }
}

#[test]
fn a_task_that_is_polled_inside_wake_sees_the_signal() {
    let hint =
        "is a lock held while the waker is woken? This waker polls, and a poll needs the lock";
    bounded(hint, || {
        let (trigger, signal) = signal();
        let task = Arc::new(PollsOnTheSpot {
            signal: Mutex::new(signal),
            answers: Mutex::new(Vec::new()),
        });
        task.poll();
        trigger.fire();
        assert_eq!(
            *task.answers.lock().expect("no push panics"),
            [Poll::Pending, Poll::Ready(())],
            "left: the answers that the task got. It is polled once at first, and then inside `wake`. \
             The poll inside `wake` must see that the signal was fired: a wake before that is for nothing"
        );
    });
}

/// The signal is fired while two tasks poll it in turn, until one of them is told that it is ready. The task that was
/// told to wait last must have been woken.
///
/// Each round is a chance for `fire` and `poll` to meet. A busy machine plays fewer rounds.
#[test]
fn two_threads_meet_in_every_order() {
    bounded("does `fire` or `poll` wait for something?", || {
        let (give, triggers) = mpsc::channel::<Trigger>();
        let (say, has_fired) = mpsc::channel();
        let firing = thread::spawn(move || {
            for trigger in triggers {
                trigger.fire();
                // Fails only if the test has failed already.
                let _ = say.send(());
            }
        });
        let start = Instant::now();
        let mut rounds = 0;
        while rounds < 100_000 && start.elapsed() < Duration::from_secs(3) {
            rounds += 1;
            let (trigger, mut signal) = signal();
            give.send(trigger).expect("`fire` does not panic");
            // Two tasks take turns.
            let counters = [(); 2].map(|()| Arc::new(Counter::default()));
            let wakers = [0, 1].map(|task| Waker::from(Arc::clone(&counters[task])));
            let turns = [0, 1].into_iter().cycle();
            let newest = turns
                .take_while(|&task| poll(&mut signal, &wakers[task]).is_pending())
                .last();
            // After this, no new wake can come.
            has_fired.recv().expect("`fire` does not panic");
            if let Some(task) = newest {
                assert_eq!(
                    counters[task].wakes(),
                    1,
                    "a lost wakeup: the signal was fired, and nobody woke the task that was told to wait last"
                );
            }
        }
        drop(give);
        firing.join().expect("`fire` does not panic");
    });
}
