//! The longest duration there is: the timer never fires, and its thread does not panic.

mod support;

use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use support::{Timer, WATCHDOG, bell, for_both_timers, poll};

for_both_timers! { the_longest_duration_does_not_panic }

static PANICS: AtomicUsize = AtomicUsize::new(0);

fn the_longest_duration_does_not_panic<T: Timer>(new: fn(Duration) -> T) {
    // A panic in the timer's thread would not reach the test. So we count panics of all threads.
    let default_hook = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        default_hook(info);
    }));

    let (waker, rings) = bell();
    let mut timer = new(Duration::MAX);
    assert!(poll(&mut timer, &waker).is_pending());
    drop(waker);
    drop(timer);
    // An answer comes when the thread has ended, whichever way.
    assert_eq!(
        rings.recv_timeout(WATCHDOG),
        Err(RecvTimeoutError::Disconnected),
        "it fired, or its thread waits on"
    );
    assert_eq!(PANICS.load(Ordering::Relaxed), 0);
}
