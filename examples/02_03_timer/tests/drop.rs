//! What is left of a timer that is dropped before it fires: nothing.

mod support;

use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use support::{Timer, WATCHDOG, bell, for_both_timers, poll};

for_both_timers! {
    the_thread_ends_and_lets_go_of_the_waker,
    many_dropped_timers_leave_no_waker_behind,
}

fn the_thread_ends_and_lets_go_of_the_waker<T: Timer>(new: fn(Duration) -> T) {
    let (waker, rings) = bell();
    let mut timer = new(Duration::MAX);
    assert!(poll(&mut timer, &waker).is_pending());
    drop(waker);
    drop(timer);
    // The last copy of the waker is in the state, and the last owner of the state is the thread. The
    // channel is disconnected when the thread has given the state up, so `Timeout` means: it waits on.
    assert_eq!(
        rings.recv_timeout(WATCHDOG),
        Err(RecvTimeoutError::Disconnected),
        "the thread outlives its timer, or it woke a task that does not wait any more"
    );
}

fn many_dropped_timers_leave_no_waker_behind<T: Timer>(new: fn(Duration) -> T) {
    let (waker, rings) = bell();
    for _ in 0..100 {
        let mut timer = new(Duration::MAX);
        assert!(poll(&mut timer, &waker).is_pending());
    }
    drop(waker);
    assert_eq!(
        rings.recv_timeout(WATCHDOG),
        Err(RecvTimeoutError::Disconnected)
    );
}
