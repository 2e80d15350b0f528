//! What `block_on_for` must do. No test waits for more than a few seconds, whatever it does.

use std::future::{pending, poll_fn, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::task::{Context, Poll, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use crate::exercise::{block_on_for, disturb};

/// A limit that no test lives to see.
const HOUR: Duration = Duration::from_secs(3600);

/// A limit that is over soon.
const SOON: Duration = Duration::from_millis(50);

/// How long we wait for something that must happen.
const PLENTY: Duration = Duration::from_secs(3);

/// Starts `work` on a thread of its own. Its result comes through the channel.
fn start<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
    let (send, result) = mpsc::channel();
    thread::spawn(move || {
        // Fails only if the test has given up already.
        let _ = send.send(work());
    });
    result
}

/// Waits for the result of `work`, and fails with the hint if it does not come.
fn bounded<T: Send + 'static>(hint: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    match start(work).recv_timeout(PLENTY) {
        Ok(value) => value,
        Err(RecvTimeoutError::Timeout) => panic!("still not finished: {hint}"),
        Err(RecvTimeoutError::Disconnected) => panic!("it panicked, see above"),
    }
}

/// Counts its polls, announces every pending one, and is ready when `done` is set.
struct Counted {
    polls: u32,
    announce: Sender<(Waker, Thread)>,
    done: Arc<AtomicBool>,
}

/// A `Counted`, the place where it announces its polls, and the flag that makes it ready.
fn counted() -> (Counted, Receiver<(Waker, Thread)>, Arc<AtomicBool>) {
    let done = Arc::new(AtomicBool::new(false));
    let (announce, announced) = mpsc::channel();
    let future = Counted {
        polls: 0,
        announce,
        done: Arc::clone(&done),
    };
    (future, announced, done)
}

impl Future for Counted {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        self.polls += 1;
        if self.done.load(Ordering::Relaxed) {
            return Poll::Ready(self.polls);
        }
        // Fails only if the test has given up already.
        let _ = self.announce.send((cx.waker().clone(), thread::current()));
        Poll::Pending
    }
}

#[test]
fn step_1_disturb_ends_a_park() {
    let (send, parked) = mpsc::channel();
    let result = start(move || {
        send.send(thread::current()).expect("the test listens");
        thread::park();
    });
    disturb(&parked.recv_timeout(PLENTY).expect("the thread has started"));
    assert!(
        result.recv_timeout(Duration::from_secs(1)).is_ok(),
        "the thread is still parked. One line in `disturb` is missing: which method of `Thread` ends a `park`?"
    );
}

#[test]
fn step_2_a_stray_unpark_is_not_the_end_of_the_time() {
    let (future, announced, done) = counted();
    let result = start(move || block_on_for(future, HOUR));

    let (waker, thread) = announced.recv_timeout(PLENTY).expect("it polls");
    for _ in 0..3 {
        disturb(&thread);
        assert_eq!(
            result.recv_timeout(SOON),
            Err(RecvTimeoutError::Timeout),
            "it returned after a stray unpark, and its limit was an hour: a return from `park_timeout` \
             without a wake does not say that the time is over. What does?"
        );
    }
    assert!(
        announced.try_recv().is_err(),
        "a stray unpark has cost a poll: poll again only when the flag is set"
    );
    done.store(true, Ordering::Relaxed);
    waker.wake();
    assert_eq!(
        result.recv_timeout(PLENTY),
        Ok(Some(2)),
        "after the wake: one poll at the start, and one for the wake"
    );
}

#[test]
fn step_2_stray_unparks_do_not_change_the_limit() {
    let (send, parked) = mpsc::channel();
    let result = start(move || {
        send.send(thread::current()).expect("the test listens");
        let begin = Instant::now();
        (block_on_for(pending::<()>(), SOON), begin.elapsed())
    });
    let thread = parked.recv_timeout(PLENTY).expect("the thread has started");
    let begin = Instant::now();
    let (output, waited) = loop {
        disturb(&thread);
        match result.recv_timeout(SOON / 10) {
            Ok(answer) => break answer,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => panic!("it panicked, see above"),
        }
        assert!(
            begin.elapsed() < PLENTY,
            "the limit passed long ago, but every stray unpark made it wait for the whole limit again: \
             wait for what is left"
        );
    };
    assert_eq!(output, None);
    assert!(
        waited >= SOON,
        "a stray unpark made it give up before its limit was over"
    );
}

#[test]
fn step_2_a_wake_is_kept_when_the_future_parks() {
    let hint = "the future was woken while it was polled, and then it parked the thread itself. The token is \
                gone, but the flag is set: look at it before you park";
    let output = bounded(hint, || {
        let polls = AtomicU32::new(0);
        let future = poll_fn(|cx| {
            if polls.fetch_add(1, Ordering::Relaxed) > 0 {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            thread::park();
            Poll::Pending
        });
        block_on_for(future, HOUR)
    });
    assert_eq!(output, Some(()));
}

#[test]
fn step_2_wakes_do_not_change_the_limit() {
    let begin = Instant::now();
    // Ready after a while, so that this test ends in any case.
    let future = poll_fn(|cx| {
        if begin.elapsed() > 10 * SOON {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    });
    assert_eq!(
        block_on_for(future, SOON),
        None,
        "this future wakes its task in every poll, so the flag is always set. The limit counts from the call, \
         and it passed long ago: look at the clock also when the flag is set"
    );
}

#[test]
fn each_wake_costs_one_poll() {
    let (future, announced, done) = counted();
    let result = start(move || block_on_for(future, HOUR));
    for poll in 1..=3 {
        let (waker, _) = announced
            .recv_timeout(PLENTY)
            .expect("a poll for each wake");
        assert!(
            announced.recv_timeout(SOON).is_err(),
            "poll {poll} was pending, and nobody has woken the task since then, but it was polled again: \
             is the flag still set?"
        );
        done.store(poll == 3, Ordering::Relaxed);
        waker.wake();
    }
    assert_eq!(result.recv_timeout(PLENTY), Ok(Some(4)));
}

#[test]
fn a_ready_future_is_ready_whatever_the_limit() {
    assert_eq!(block_on_for(ready(1), Duration::ZERO), Some(1));
    let output = bounded("the longest limit of all", || {
        block_on_for(ready(2), Duration::MAX)
    });
    assert_eq!(output, Some(2));
}

#[test]
fn the_longest_limit_does_not_overflow() {
    let (future, announced, done) = counted();
    let result = start(move || block_on_for(future, Duration::MAX));
    let (waker, _) = announced.recv_timeout(PLENTY).expect("it polls");
    assert_eq!(
        result.recv_timeout(SOON),
        Err(RecvTimeoutError::Timeout),
        "the longest limit of all should not be over yet, and it should not make a sum of times overflow"
    );
    done.store(true, Ordering::Relaxed);
    waker.wake();
    assert_eq!(result.recv_timeout(PLENTY), Ok(Some(2)));
}

#[test]
fn a_pending_future_ends_with_the_limit() {
    let (output, waited) = bounded("the limit is over", || {
        let begin = Instant::now();
        let output = block_on_for(pending::<()>(), SOON);
        (output, begin.elapsed())
    });
    assert_eq!(output, None);
    assert!(waited >= SOON, "it gave up too early");
}
