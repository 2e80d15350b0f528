//! One child after the other.

mod hand;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::{Poll, Waker};

use future_trait::AndThen;
use hand::{Child, child, finished, poll};

type Answer = Result<u8, &'static str>;

#[test]
fn the_second_is_made_from_the_value_of_the_first_and_polled_at_once() {
    let (first, first_control) = child::<Answer>();
    let (second, second_control) = child::<Answer>();
    let given = Cell::new(None);
    let mut chain = AndThen::new(first, |value| {
        given.set(Some(value));
        second
    });
    assert!(poll(&mut chain, Waker::noop()).is_pending());
    assert_eq!(given.get(), None);

    first_control.finish(Ok(1));
    assert!(poll(&mut chain, Waker::noop()).is_pending());
    assert_eq!(given.get(), Some(1));
    assert_eq!(second_control.polls(), 1);
    assert!(first_control.is_dropped());

    second_control.finish(Ok(2));
    assert_eq!(poll(&mut chain, Waker::noop()), Poll::Ready(Ok(2)));
    assert_eq!((first_control.polls(), second_control.polls()), (2, 2));
    assert!(second_control.is_dropped());
}

#[test]
fn two_children_that_need_not_wait_take_one_poll() {
    let mut chain = AndThen::new(finished::<Answer>(Ok(1)).0, |value| {
        finished::<Answer>(Ok(value + 1)).0
    });
    assert_eq!(poll(&mut chain, Waker::noop()), Poll::Ready(Ok(2)));
}

#[test]
fn an_error_of_the_first_ends_the_chain() {
    let mut chain = AndThen::new(finished::<Answer>(Err("first")).0, |_| -> Child<Answer> {
        panic!("there is no value to go on with")
    });
    assert_eq!(poll(&mut chain, Waker::noop()), Poll::Ready(Err("first")));
}

#[test]
fn an_error_of_the_second_is_the_output() {
    let mut chain = AndThen::new(finished::<Answer>(Ok(1)).0, |_| {
        finished::<Answer>(Err("second")).0
    });
    assert_eq!(poll(&mut chain, Waker::noop()), Poll::Ready(Err("second")));
}

#[test]
#[should_panic(expected = "AndThen is polled after it was ready")]
fn polling_after_ready_panics() {
    let mut chain = AndThen::new(finished::<Answer>(Ok(1)).0, |_| finished::<Answer>(Ok(2)).0);
    assert!(poll(&mut chain, Waker::noop()).is_ready());
    let _ = poll(&mut chain, Waker::noop());
}

#[test]
#[should_panic(expected = "AndThen is polled after it was ready")]
fn polling_after_an_error_panics() {
    let mut chain = AndThen::new(finished::<Answer>(Err("first")).0, |_| child::<Answer>().0);
    assert!(poll(&mut chain, Waker::noop()).is_ready());
    let _ = poll(&mut chain, Waker::noop());
}

#[test]
#[should_panic(expected = "AndThen is polled after it was ready")]
fn a_panic_in_the_function_is_the_end_as_well() {
    let mut chain = AndThen::new(finished::<Answer>(Ok(1)).0, |_| -> Child<Answer> {
        panic!("in next")
    });
    let poll_it = AssertUnwindSafe(|| poll(&mut chain, Waker::noop()));
    assert!(catch_unwind(poll_it).is_err());
    let _ = poll(&mut chain, Waker::noop());
}
