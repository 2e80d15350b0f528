//! A call inside a call.

mod support;

use std::future::{poll_fn, ready};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::task::Poll;
use std::thread;

use block_on::block_on;
use support::{PLENTY, counted, within};

#[test]
fn a_nested_call_returns_its_output() {
    assert_eq!(block_on(poll_fn(|_| Poll::Ready(block_on(ready(7))))), 7);
}

#[test]
fn the_outer_future_stands_still_while_the_inner_one_is_waited_for() {
    let outer_polls = within(PLENTY, || {
        let (outer, outer_remote) = counted();
        let (inner, inner_remote) = counted();
        let (report, reported) = mpsc::channel();
        let outer_polls = Arc::clone(&outer_remote.polls);
        thread::spawn(move || {
            let (outer_waker, _) = outer_remote.poll();
            // The outer task is woken, the inner one is polled, again and again: the outer one is not.
            for _ in 0..5 {
                let (inner_waker, _) = inner_remote.poll();
                outer_waker.wake_by_ref();
                inner_waker.wake();
            }
            let (inner_waker, _) = inner_remote.poll();
            report
                .send(outer_remote.polls.load(Ordering::Relaxed))
                .expect("the test listens");
            inner_remote.finish(inner_waker);
            let (outer_waker, _) = outer_remote.poll();
            outer_remote.finish(outer_waker);
        });

        let mut outer = Box::pin(outer);
        let mut inner = Some(inner);
        block_on(poll_fn(|cx| {
            let answer = outer.as_mut().poll(cx);
            if let Some(inner) = inner.take() {
                block_on(inner);
            }
            answer
        }));
        let meanwhile = reported.recv().expect("the other side has reported");
        [meanwhile, outer_polls.load(Ordering::Relaxed)]
    });
    // One poll while the inner future was waited for. Its five wakes were kept: one poll for all of them, one to finish.
    assert_eq!(outer_polls, Some([1, 3]));
}
