//! What the answers of the chapter's "Predict" questions claim.

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use block_on::{v1_park, v2_flag};
use support::{A_MOMENT, Counted, PLENTY, SILENCE, counted, start, within, woken_during};

/// The polls after ten unparks, and those after the wake that follows.
fn polls_of(block_on: fn(Counted), polls_when_unparked: bool) -> [u32; 2] {
    let (future, remote) = counted();
    let returned = start(move || block_on(future));
    let (waker, thread) = remote.poll();
    for _ in 0..10 {
        thread.unpark();
        if polls_when_unparked {
            remote.poll();
        } else {
            remote.no_poll();
        }
    }
    let after_unparks = remote.polls();
    remote.finish(waker);
    returned.recv_timeout(PLENTY).expect("block_on returns");
    [after_unparks, remote.polls()]
}

#[test]
fn ten_stray_unparks_and_a_wake() {
    assert_eq!(polls_of(v1_park::block_on, true), [11, 12]);
    assert_eq!(polls_of(v2_flag::block_on, false), [1, 2]);
}

#[test]
fn who_takes_the_token() {
    let outer = || v1_park::block_on(woken_during(|| v1_park::block_on(woken_during(|| {}))));
    assert!(
        within(SILENCE, outer).is_none(),
        "the inner call should take the only token"
    );
}

/// The thread looks at the flag and parks, as version 2 does, and announces each look.
#[test]
fn the_token_before_the_flag_loses_the_wake() {
    let (announce, looks) = mpsc::channel();
    let notified = Arc::new(AtomicBool::new(false));
    let waiting = thread::spawn({
        let notified = Arc::clone(&notified);
        move || {
            while !notified.swap(false, Ordering::Acquire) {
                // A send, unlike `recv`, never waits for anybody.
                announce.send(()).expect("the test listens");
                thread::park();
            }
        }
    });
    looks.recv_timeout(PLENTY).expect("the first look");

    // The two steps of `wake` in the wrong order. The thread runs in between, as it may.
    waiting.thread().unpark();
    looks
        .recv_timeout(PLENTY)
        .expect("a look that finds nothing");
    assert!(!notified.swap(true, Ordering::Release));

    assert!(looks.recv_timeout(A_MOMENT).is_err());
    assert!(
        !waiting.is_finished(),
        "the flag is set, and the thread sleeps"
    );

    // The end of the test, not of the bug: an unpark that comes from no waker.
    waiting.thread().unpark();
    waiting.join().expect("it finds the flag after all");
}
