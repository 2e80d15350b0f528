//! What a signal must do. No test waits for more than a few seconds, whatever the signal does.

use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use crate::exercise::{Signal, signal};

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
    match is_done.recv_timeout(Duration::from_secs(5)) {
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
            "left: the answers that the task got. It is polled once at first, and once inside `wake`. \
             If the second poll is pending too, nobody will wake the task any more"
        );
    });
}

#[test]
fn two_threads_meet_in_every_order() {
    bounded("does `fire` or `poll` wait for something?", || {
        for _ in 0..1_000 {
            let (trigger, mut signal) = signal();
            let counter = Arc::new(Counter::default());
            let waker = Waker::from(Arc::clone(&counter));
            let fired = Arc::new(AtomicBool::new(false));
            let thread = thread::spawn({
                let fired = Arc::clone(&fired);
                move || {
                    trigger.fire();
                    fired.store(true, Ordering::Release);
                }
            });
            // As an executor does it: one poll at first, and then one for each wake.
            let mut polls = 0;
            loop {
                // Asked before we look at the wakes: after `fire` has returned, no new one comes.
                let no_more_wakes = fired.load(Ordering::Acquire);
                if polls <= counter.wakes() {
                    polls += 1;
                    if poll(&mut signal, &waker).is_ready() {
                        break;
                    }
                } else {
                    assert!(
                        !no_more_wakes,
                        "a lost wakeup: the signal was fired, the task is pending, and nobody will wake it"
                    );
                    thread::yield_now();
                }
            }
            thread.join().expect("`fire` does not panic");
        }
    });
}
