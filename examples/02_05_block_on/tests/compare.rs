//! The table of the chapter: the column of `futures::executor::block_on`, and what each waker points to.
//!
//! The other rows of our two versions are in `tests/stray_unpark.rs`. The documentation of the crate does not promise what is
//! observed here. Should one of these tests fail after an update, the table has to change.

mod support;

use std::future::ready;
use std::panic::catch_unwind;
use std::task::Waker;
use std::thread;

use block_on::{v1_park, v2_flag};
use futures::executor;
use support::{GiveWaker, PLENTY, polls, within, woken_during};

#[test]
fn one_signal_for_each_call_or_for_each_thread() {
    // Both wakers exist at the same time, so that equal means shared, and not freed and allocated again.
    fn shared(block_on: fn(GiveWaker) -> Waker) -> bool {
        let (first, second) = (block_on(GiveWaker), block_on(GiveWaker));
        first.will_wake(&second)
    }
    assert!(!shared(v1_park::block_on));
    assert!(!shared(v2_flag::block_on));
    assert!(shared(executor::block_on));
}

#[test]
fn a_stray_unpark_costs_no_poll() {
    assert_eq!(
        polls(executor::block_on, || thread::current().unpark(), 1),
        2
    );
}

#[test]
fn a_waker_of_an_earlier_call_costs_a_poll() {
    let wake_late = || executor::block_on(GiveWaker).wake();
    assert_eq!(polls(executor::block_on, wake_late, 2), 3);
}

#[test]
fn a_park_inside_the_future_loses_nothing() {
    let parks = || executor::block_on(woken_during(thread::park));
    assert!(within(PLENTY, parks).is_some());
}

#[test]
fn a_nested_call_panics() {
    let nested = || executor::block_on(woken_during(|| executor::block_on(ready(()))));
    let panic = catch_unwind(nested).expect_err("it panics");
    let message = panic.downcast_ref::<String>().expect("a message");
    assert!(
        message.contains("from within another executor"),
        "{message}"
    );
}
