//! A call inside a call.

mod support;

use std::future::{poll_fn, ready};
use std::task::Poll;

use block_on::block_on;
use support::{PLENTY, counted, start};

#[test]
fn a_nested_call_returns_its_output() {
    assert_eq!(block_on(poll_fn(|_| Poll::Ready(block_on(ready(7))))), 7);
}

#[test]
fn the_outer_future_stands_still_while_the_inner_one_is_waited_for() {
    let (outer, outer_remote) = counted();
    let (inner, inner_remote) = counted();
    let returned = start(move || {
        let mut outer = Box::pin(outer);
        let mut inner = Some(inner);
        block_on(poll_fn(|cx| {
            let answer = outer.as_mut().poll(cx);
            if let Some(inner) = inner.take() {
                block_on(inner);
            }
            answer
        }));
    });

    let (outer_waker, _) = outer_remote.poll();
    for _ in 0..5 {
        let (inner_waker, _) = inner_remote.poll();
        outer_waker.wake_by_ref();
        inner_waker.wake();
    }
    let (inner_waker, _) = inner_remote.poll();
    assert_eq!(
        outer_remote.polls(),
        1,
        "woken five times, not polled again"
    );
    inner_remote.finish(inner_waker);

    // The five wakes were kept, and one poll is for all of them.
    let (outer_waker, _) = outer_remote.poll();
    outer_remote.no_poll();
    outer_remote.finish(outer_waker);
    returned.recv_timeout(PLENTY).expect("both calls return");
    assert_eq!(outer_remote.polls(), 3);
}
