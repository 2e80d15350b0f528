//! The table of the chapter: ours beside `futures::executor::block_on` and `pollster::block_on`.

mod support;

use std::future::ready;
use std::panic::catch_unwind;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::thread;

use futures::executor;
use support::{PLENTY, SILENCE, polls, within, woken_during};

#[test]
fn a_stray_unpark() {
    fn stray() {
        thread::current().unpark();
    }
    assert_eq!(polls(block_on::block_on, stray, 1), 2);
    assert_eq!(polls(executor::block_on, stray, 1), 2);
    assert_eq!(polls(pollster::block_on, stray, 2), 3);
}

#[test]
fn a_park_inside_the_future() {
    assert!(within(PLENTY, || block_on::block_on(woken_during(thread::park))).is_some());
    assert!(within(PLENTY, || executor::block_on(woken_during(thread::park))).is_some());
    assert!(within(SILENCE, || pollster::block_on(woken_during(thread::park))).is_none());
}

/// A future whose output is its waker.
struct GiveWaker;

impl Future for GiveWaker {
    type Output = Waker;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Waker> {
        Poll::Ready(cx.waker().clone())
    }
}

#[test]
fn a_waker_of_an_earlier_call() {
    assert_eq!(
        polls(
            block_on::block_on,
            || block_on::block_on(GiveWaker).wake(),
            1
        ),
        2
    );
    assert_eq!(
        polls(
            executor::block_on,
            || executor::block_on(GiveWaker).wake(),
            2
        ),
        3
    );
    assert_eq!(
        polls(
            pollster::block_on,
            || pollster::block_on(GiveWaker).wake(),
            2
        ),
        3
    );
}

#[test]
fn one_signal_for_each_call_or_for_each_thread() {
    let same =
        |block_on: fn(GiveWaker) -> Waker| block_on(GiveWaker).will_wake(&block_on(GiveWaker));
    assert!(!same(block_on::block_on));
    assert!(same(executor::block_on));
    assert!(same(pollster::block_on));
}

#[test]
fn a_nested_call() {
    let ours = || block_on::block_on(woken_during(|| block_on::block_on(ready(()))));
    assert!(within(PLENTY, ours).is_some());
    let pollster = || pollster::block_on(woken_during(|| pollster::block_on(ready(()))));
    assert!(within(PLENTY, pollster).is_some());
    let futures = || executor::block_on(woken_during(|| executor::block_on(ready(()))));
    let panic = catch_unwind(futures).expect_err("it panics");
    let message = panic.downcast_ref::<String>().expect("a message");
    assert!(
        message.contains("from within another executor"),
        "{message}"
    );
}
