//! What `park` and `unpark` promise, and what `block_on` makes of it.

mod support;

use std::future::{poll_fn, ready};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

use block_on::{v1_park, v2_flag};
use support::{A_MOMENT, PLENTY, counted, start, within};
use timer_future::{TimerFuture, lazy};

#[test]
fn an_unpark_before_the_park_is_remembered() {
    let returned = within(PLENTY, || {
        thread::current().unpark();
        thread::park();
    });
    assert!(returned.is_some());
}

#[test]
fn many_unparks_leave_one_token() {
    let (announce, announced) = mpsc::channel();
    let sleeper = thread::spawn(move || {
        for _ in 0..3 {
            thread::current().unpark();
        }
        for park in 1..=2 {
            thread::park();
            announce.send(park).expect("the test listens");
        }
    });
    assert_eq!(announced.recv_timeout(PLENTY), Ok(1));
    assert_eq!(
        announced.recv_timeout(A_MOMENT),
        Err(RecvTimeoutError::Timeout),
        "three unparks, but only one token: the second park has nothing to take"
    );
    sleeper.thread().unpark();
    assert_eq!(announced.recv_timeout(PLENTY), Ok(2));
}

#[test]
fn a_condvar_does_not_take_the_token() {
    let returned = within(PLENTY, || {
        thread::current().unpark();
        // Nobody notifies, so that the thread really waits.
        let mutex = Mutex::new(());
        let waited = Condvar::new()
            .wait_timeout_while(mutex.lock().expect("nobody panics"), A_MOMENT, |_| true)
            .expect("nobody panics");
        assert!(waited.1.timed_out());
        thread::park();
    });
    assert!(returned.is_some());
}

#[test]
fn the_output_comes_back() {
    assert_eq!(v1_park::block_on(ready(42)), 42);
    assert_eq!(v2_flag::block_on(ready(42)), 42);
}

#[test]
fn both_versions_run_both_timers() {
    let returned = within(PLENTY, || {
        let duration = Duration::from_millis(5);
        v1_park::block_on(TimerFuture::new(duration));
        v1_park::block_on(lazy::TimerFuture::new(duration));
        v2_flag::block_on(TimerFuture::new(duration));
        v2_flag::block_on(lazy::TimerFuture::new(duration));
    });
    assert!(returned.is_some());
}

#[test]
fn every_wake_is_one_poll() {
    for block_on in [v1_park::block_on, v2_flag::block_on] {
        let (future, remote) = counted();
        let returned = start(move || block_on(future));
        for _ in 0..5 {
            // Both ways to wake must work.
            remote.poll().0.wake();
            remote.poll().0.wake_by_ref();
        }
        let (waker, _) = remote.poll();
        remote.finish(waker);
        returned.recv_timeout(PLENTY).expect("block_on returns");
        assert_eq!(remote.polls(), 12);
    }
}

/// A future that is woken `wakes` times while it is polled, from another thread, and is ready in the second poll.
fn woken_while_polled(wakes: u32, polls: Arc<AtomicU32>) -> impl Future<Output = ()> {
    poll_fn(move |cx| {
        if polls.fetch_add(1, Ordering::Relaxed) > 0 {
            return Poll::Ready(());
        }
        let waker: Waker = cx.waker().clone();
        // Joined, so that every wake comes before our answer, and so before the thread is parked.
        thread::spawn(move || (0..wakes).for_each(|_| waker.wake_by_ref()))
            .join()
            .expect("wake does not panic");
        Poll::Pending
    })
}

#[test]
fn wakes_before_the_park_cost_one_poll_together() {
    for wakes in [1, 2, 15] {
        let polls = within(PLENTY, move || {
            let (one, two) = (Arc::default(), Arc::default());
            v1_park::block_on(woken_while_polled(wakes, Arc::clone(&one)));
            v2_flag::block_on(woken_while_polled(wakes, Arc::clone(&two)));
            [one, two].map(|polls| polls.load(Ordering::Relaxed))
        });
        assert_eq!(polls, Some([2, 2]));
    }
}

#[test]
fn no_wake_of_several_threads_is_lost() {
    let returned = within(PLENTY, || {
        for _ in 0..500 {
            let arrived = Arc::new(AtomicU32::new(0));
            let mut started = false;
            v2_flag::block_on(poll_fn(|cx| {
                if !started {
                    started = true;
                    for _ in 0..4 {
                        let (waker, arrived) = (cx.waker().clone(), Arc::clone(&arrived));
                        thread::spawn(move || {
                            arrived.fetch_add(1, Ordering::Relaxed);
                            waker.wake();
                        });
                    }
                }
                match arrived.load(Ordering::Relaxed) {
                    4 => Poll::Ready(()),
                    _ => Poll::Pending,
                }
            }));
        }
    });
    assert!(returned.is_some(), "a lost wakeup");
}
