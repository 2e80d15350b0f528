//! Two children at the same time.

mod hand;

use std::marker::PhantomPinned;
use std::pin::pin;
use std::task::{Poll, Waker};

use future_trait::Join;
use hand::{child, finished, poll};

#[test]
fn both_children_are_polled_in_the_first_poll() {
    let ((left, left_control), (right, right_control)) = (child::<()>(), child::<()>());
    let mut join = Join::new(left, right);
    assert!(poll(&mut join, Waker::noop()).is_pending());
    assert_eq!((left_control.polls(), right_control.polls()), (1, 1));
}

#[test]
fn a_child_that_is_ready_is_dropped_and_not_polled_again() {
    let ((left, left_control), (right, right_control)) = (finished("left"), child());
    let mut join = Join::new(left, right);
    assert!(poll(&mut join, Waker::noop()).is_pending());
    assert!(left_control.is_dropped());
    assert!(poll(&mut join, Waker::noop()).is_pending());
    right_control.finish("right");
    assert_eq!(
        poll(&mut join, Waker::noop()),
        Poll::Ready(("left", "right"))
    );
    assert_eq!((left_control.polls(), right_control.polls()), (1, 3));
}

#[test]
fn outputs_keep_their_places_whoever_is_first() {
    let ((left, left_control), (right, right_control)) = (child(), child());
    let mut join = Join::new(left, right);
    right_control.finish(2);
    assert!(poll(&mut join, Waker::noop()).is_pending());
    left_control.finish(1);
    assert_eq!(poll(&mut join, Waker::noop()), Poll::Ready((1, 2)));
}

#[test]
#[should_panic(expected = "Join is polled after it was ready")]
fn polling_after_ready_panics() {
    let mut join = Join::new(finished(1).0, finished(2).0);
    assert!(poll(&mut join, Waker::noop()).is_ready());
    let _ = poll(&mut join, Waker::noop());
}

#[test]
fn an_output_may_be_anything() {
    // `PhantomPinned` is not `Unpin`.
    let mut join = Join::new(finished(PhantomPinned).0, finished("text").0);
    assert!(poll(&mut join, Waker::noop()).is_ready());
}

#[test]
fn a_pinned_reference_to_an_async_block_is_a_child() {
    let written_by_the_compiler = pin!(async { 7 });
    let mut join = Join::new(written_by_the_compiler, finished(8).0);
    assert_eq!(poll(&mut join, Waker::noop()), Poll::Ready((7, 8)));
}

/// Polls a join of two children until it is ready. The children finish before the poll of their number.
/// Gives what every poll answered, and how often each child was polled.
fn trace<F>(
    make: impl Fn(hand::Child<u8>, hand::Child<u8>) -> F,
    left_at: usize,
    right_at: usize,
) -> (Vec<Poll<(u8, u8)>>, usize, usize)
where
    F: Future<Output = (u8, u8)> + Unpin,
{
    let ((left, left_control), (right, right_control)) = (child(), child());
    let mut join = make(left, right);
    let mut answers = Vec::new();
    for number in 1..=left_at.max(right_at) {
        if number == left_at {
            left_control.finish(1);
        }
        if number == right_at {
            right_control.finish(2);
        }
        answers.push(poll(&mut join, Waker::noop()));
    }
    (answers, left_control.polls(), right_control.polls())
}

#[test]
fn it_does_what_the_join_of_the_futures_crate_does() {
    for left_at in 1..=4 {
        for right_at in 1..=4 {
            assert_eq!(
                trace(Join::new, left_at, right_at),
                trace(futures::future::join, left_at, right_at),
            );
        }
    }
}
