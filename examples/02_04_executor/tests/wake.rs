//! What a wake costs: one poll for all the wakes before it, none for a finished task. None is lost.

mod common;

use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Poll, Waker};
use std::thread;

use common::{probe, run, yield_now};
use executor::executor;

#[test]
fn wakes_before_the_poll_cost_one_poll() {
    let (executor, spawner) = executor();
    let (probe, remote) = probe();
    spawner.spawn(probe).unwrap();
    spawner
        .spawn(async move {
            assert_eq!(remote.polls(), 1, "the first poll, without a wake");
            let waker = remote.waker();
            for _ in 0..15 {
                waker.wake_by_ref();
            }
            yield_now().await;
            assert_eq!(remote.polls(), 2, "15 wakes, one poll");
            yield_now().await;
            assert_eq!(remote.polls(), 2, "and no poll without a wake");
            remote.make_ready();
            remote.wake();
            yield_now().await;
            assert_eq!(remote.polls(), 3, "a wake after a poll costs a poll again");
        })
        .unwrap();
    drop(spawner);
    assert_eq!(run(executor), 2);
}

#[test]
fn clones_of_a_waker_share_the_entry() {
    let (executor, spawner) = executor();
    let (probe, remote) = probe();
    spawner.spawn(probe).unwrap();
    spawner
        .spawn(async move {
            let wakers: Vec<Waker> = (0..15).map(|_| remote.waker()).collect();
            wakers.into_iter().for_each(Waker::wake);
            yield_now().await;
            assert_eq!(remote.polls(), 2);
            remote.forget_waker();
        })
        .unwrap();
    drop(spawner);
    assert_eq!(run(executor), 1);
}

#[test]
fn wakes_during_the_poll_cost_one_more_poll() {
    let polls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&polls);
    let (executor, spawner) = executor();
    spawner
        .spawn(poll_fn(move |cx| {
            if counter.fetch_add(1, Ordering::SeqCst) == 0 {
                for _ in 0..15 {
                    cx.waker().wake_by_ref();
                }
            }
            // Pending in the second poll, too: a third one would be counted.
            Poll::Pending
        }))
        .unwrap();
    drop(spawner);
    assert_eq!(run(executor), 0);
    assert_eq!(polls.load(Ordering::SeqCst), 2);
}

#[test]
fn a_wake_during_the_last_poll_does_not_poll_a_finished_future() {
    let mut finished = false;
    let (executor, spawner) = executor();
    spawner
        .spawn(poll_fn(move |cx| {
            assert!(!finished, "a finished future is polled");
            finished = true;
            cx.waker().wake_by_ref();
            Poll::Ready(())
        }))
        .unwrap();
    drop(spawner);
    assert_eq!(run(executor), 1);
}

#[test]
fn a_wake_after_completion_is_ignored() {
    let (executor, spawner) = executor();
    let (probe, remote) = probe();
    remote.make_ready();
    spawner.spawn(probe).unwrap();
    spawner
        .spawn(async move {
            assert!(remote.is_dropped());
            remote.wake();
            remote.wake();
            yield_now().await;
            assert_eq!(remote.polls(), 1);
        })
        .unwrap();
    drop(spawner);
    assert_eq!(run(executor), 2);
}

#[test]
fn wakes_from_many_threads_cost_one_poll() {
    let (executor, spawner) = executor();
    let (probe, remote) = probe();
    spawner.spawn(probe).unwrap();
    spawner
        .spawn(async move {
            // This task has the executor's thread until all others have been joined. So every wake
            // comes before the probe's next poll.
            thread::scope(|scope| {
                for _ in 0..8 {
                    let waker = remote.waker();
                    scope.spawn(move || (0..1_000).for_each(|_| waker.wake_by_ref()));
                }
            });
            yield_now().await;
            assert_eq!(remote.polls(), 2, "8,000 wakes, one poll");
            remote.forget_waker();
        })
        .unwrap();
    drop(spawner);
    assert_eq!(run(executor), 1);
}

/// In every round, two threads write a relaxed atomic and wake the task. It must see both values.
///
/// A wake that finds the flag set relies on the poll that an earlier wake has asked for. If that poll
/// does not see its value, the round never ends. Wrong memory orderings need luck and the right
/// processor to be caught here; a wake that is lost in every order is caught at once.
#[test]
fn what_happened_before_a_wake_is_visible_to_the_poll() {
    const ROUNDS: usize = 300; // on a busy machine, a round takes milliseconds
    let written = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    let seen = Arc::new(AtomicUsize::new(0));
    let (give_waker, waker) = mpsc::channel();
    let (executor, spawner) = executor();
    let threads = thread::spawn({
        let (written, seen) = (Arc::clone(&written), Arc::clone(&seen));
        move || {
            let waker: Waker = waker.recv().unwrap();
            thread::scope(|scope| {
                for value in &*written {
                    let (waker, seen) = (&waker, &seen);
                    scope.spawn(move || {
                        for round in 1..=ROUNDS {
                            value.store(round, Ordering::Relaxed);
                            waker.wake_by_ref();
                            while seen.load(Ordering::Relaxed) < round {
                                thread::yield_now();
                            }
                        }
                    });
                }
            });
        }
    });
    spawner
        .spawn(poll_fn(move |cx| {
            let _ = give_waker.send(cx.waker().clone()); // only the first one is received
            let values = written
                .each_ref()
                .map(|value| value.load(Ordering::Relaxed));
            let round = values[0].min(values[1]);
            seen.store(round, Ordering::Relaxed);
            match round {
                ROUNDS => Poll::Ready(()),
                _ => Poll::Pending,
            }
        }))
        .unwrap();
    drop(spawner);
    assert_eq!(run(executor), 1);
    threads.join().unwrap();
}
