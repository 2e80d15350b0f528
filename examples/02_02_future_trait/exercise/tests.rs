//! The tests of the exercise. They poll by hand, so they always end.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::exercise::Join3;

/// Is ready at the poll of its number, and counts its polls.
struct Child {
    name: char,
    ready_at: usize,
    polls: Rc<Cell<usize>>,
}

impl Future for Child {
    type Output = char;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<char> {
        self.polls.set(self.polls.get() + 1);
        if self.polls.get() == self.ready_at {
            Poll::Ready(self.name)
        } else {
            Poll::Pending
        }
    }
}

/// Joins three children, of which each is ready at the poll of its number, and polls the join until it should be
/// ready. After every poll, each child must have been polled once more, until it was ready and no more.
fn check(ready_at: [usize; 3]) {
    let polls: [Rc<Cell<usize>>; 3] = Default::default();
    let child = |index: usize| Child {
        name: ['a', 'b', 'c'][index],
        ready_at: ready_at[index],
        polls: Rc::clone(&polls[index]),
    };
    let mut join = Join3::new(child(0), child(1), child(2));
    let mut cx = Context::from_waker(Waker::noop());

    let last = ready_at.into_iter().max().unwrap_or(1);
    for number in 1..=last {
        let answer = Pin::new(&mut join).poll(&mut cx);
        for (index, name) in ['a', 'b', 'c'].into_iter().enumerate() {
            let (count, ready) = (polls[index].get(), ready_at[index]);
            assert!(
                count >= number.min(ready),
                "poll {number} of the join has not polled child {name}, so {name} can't make progress, \
                 and {name} has no waker"
            );
            assert!(
                count <= ready,
                "child {name} was ready at its poll {ready}, and is polled again by poll {number} of the join: \
                 is its output still where you look for it?"
            );
        }
        let expected = if number == last {
            Poll::Ready(('a', 'b', 'c'))
        } else {
            Poll::Pending
        };
        assert_eq!(
            answer, expected,
            "the answer of poll {number} of the join; its children are ready at their polls {ready_at:?}"
        );
    }
}

#[test]
fn children_that_are_ready_at_once_take_one_poll() {
    check([1, 1, 1]);
}

#[test]
fn the_first_poll_polls_every_child() {
    check([2, 2, 2]);
}

#[test]
fn children_may_finish_in_any_order() {
    for ready_at in [
        [1, 2, 3],
        [1, 3, 2],
        [2, 1, 3],
        [2, 3, 1],
        [3, 1, 2],
        [3, 2, 1],
    ] {
        check(ready_at);
    }
}

#[test]
fn two_may_finish_together() {
    for ready_at in [
        [1, 1, 2],
        [1, 2, 1],
        [2, 1, 1],
        [1, 2, 2],
        [2, 1, 2],
        [2, 2, 1],
    ] {
        check(ready_at);
    }
}
