//! The tests of the exercise. They poll by hand, so they always end.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use crate::exercise::Join3;

/// What a waker of the test does: it counts the wakes.
#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Is ready at the poll of its number. Counts its polls, and keeps the waker of the newest one.
struct Child {
    name: char,
    ready_at: usize,
    polls: Rc<Cell<usize>>,
    waker: Rc<RefCell<Option<Waker>>>,
}

impl Future for Child {
    type Output = char;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<char> {
        self.polls.set(self.polls.get() + 1);
        self.waker.replace(Some(cx.waker().clone()));
        if self.polls.get() == self.ready_at {
            Poll::Ready(self.name)
        } else {
            Poll::Pending
        }
    }
}

/// Joins three children, of which each is ready at the poll of its number, and polls the join until it should be
/// ready. After every poll, each child must have been polled once more, with the waker of that poll, until it was ready
/// and no more.
fn check(ready_at: [usize; 3]) {
    let polls: [Rc<Cell<usize>>; 3] = Default::default();
    let wakers: [Rc<RefCell<Option<Waker>>>; 3] = Default::default();
    let child = |index: usize| Child {
        name: ['a', 'b', 'c'][index],
        ready_at: ready_at[index],
        polls: Rc::clone(&polls[index]),
        waker: Rc::clone(&wakers[index]),
    };
    let mut join = Join3::new(child(0), child(1), child(2));

    let last = ready_at.into_iter().max().unwrap_or(1);
    for number in 1..=last {
        // Every poll brings a waker of its own, as if another task polled.
        let task = Arc::new(Wakes::default());
        let waker = Waker::from(Arc::clone(&task));
        let mut cx = Context::from_waker(&waker);
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
        assert_eq!(
            task.0.load(Ordering::Relaxed),
            0,
            "left: how often poll {number} of the join has woken its own task. A pending child wakes the task \
             when it can make progress; an earlier wake only makes the executor poll again, for nothing"
        );
        // A pending child wakes with the waker that it has. The test does it in its place, and sees whom that wakes.
        for (index, name) in ['a', 'b', 'c'].into_iter().enumerate() {
            if number < ready_at[index]
                && let Some(waker) = &*wakers[index].borrow()
            {
                waker.wake_by_ref();
                assert_eq!(
                    task.0.swap(0, Ordering::Relaxed),
                    1,
                    "poll {number} of the join has not polled child {name} with the waker that the join was given, so \
                     {name} wakes somebody else"
                );
            }
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
