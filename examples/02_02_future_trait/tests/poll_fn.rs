//! A future without a type of its own: `poll_fn` makes one of a closure.

mod hand;

use std::future::poll_fn;
use std::task::{Poll, Waker};

use hand::{bell, poll};

/// Is ready at the poll of this number. What the closure captures is what a struct would have as fields.
fn ready_at(last: usize) -> impl Future<Output = usize> + Unpin {
    let mut polls = 0;
    poll_fn(move |_| {
        polls += 1;
        if polls == last {
            Poll::Ready(polls)
        } else {
            Poll::Pending
        }
    })
}

#[test]
fn each_poll_calls_the_closure() {
    let mut future = ready_at(3);
    let waker = Waker::noop();
    assert_eq!(poll(&mut future, waker), Poll::Pending);
    assert_eq!(poll(&mut future, waker), Poll::Pending);
    assert_eq!(poll(&mut future, waker), Poll::Ready(3));
}

#[test]
fn the_closure_is_lent_the_waker_of_the_poll() {
    let (waker, rung) = bell();
    let mut future = poll_fn(|cx| {
        cx.waker().wake_by_ref();
        Poll::<()>::Pending
    });
    assert!(poll(&mut future, &waker).is_pending());
    assert!(rung.try_recv().is_ok());
}
