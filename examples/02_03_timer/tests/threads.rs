//! When a timer's thread starts and ends, counted in Linux's list of this process's threads.
//!
//! One test, alone in its file, so that no other test's threads are counted.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::task::{Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use support::{WATCHDOG, poll};
use timer_future::{TimerFuture, lazy};

fn threads() -> usize {
    fs::read_dir("/proc/self/task")
        .expect("Linux lists threads here")
        .count()
}

/// Waits until there are so many threads. Fails when that never happens.
fn until_threads_are(expected: usize) {
    let start = Instant::now();
    while threads() != expected {
        assert!(
            start.elapsed() < WATCHDOG,
            "{} threads, not {expected}",
            threads()
        );
        thread::yield_now();
    }
}

#[test]
fn a_thread_lives_from_the_start_to_the_end_of_the_waiting() {
    let before = threads();

    // Eager: the thread is there before the first poll, and ends with the timer, polled or not.
    let eager = TimerFuture::new(Duration::MAX);
    assert_eq!(threads(), before + 1);
    drop(eager);
    until_threads_are(before);

    // Eager, and its time is over before anybody polls: the first poll is ready.
    let mut eager = TimerFuture::new(Duration::ZERO);
    until_threads_are(before);
    assert_eq!(poll(&mut eager, Waker::noop()), Poll::Ready(()));

    // Lazy: the first poll starts the thread, further polls do not.
    let mut lazy = lazy::TimerFuture::new(Duration::MAX);
    assert_eq!(threads(), before);
    for _ in 0..3 {
        assert!(poll(&mut lazy, Waker::noop()).is_pending());
        assert_eq!(threads(), before + 1);
    }
    drop(lazy);
    until_threads_are(before);

    // Lazy and finished: a late poll does not start it again.
    let mut lazy = lazy::TimerFuture::new(Duration::ZERO);
    assert!(poll(&mut lazy, Waker::noop()).is_pending());
    until_threads_are(before);
    assert_eq!(poll(&mut lazy, Waker::noop()), Poll::Ready(()));
    assert_eq!(threads(), before);
}
