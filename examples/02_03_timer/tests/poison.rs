//! A waker that panics inside a poll poisons the timer's mutex. The timer works on.

mod support;

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::task::{Wake, Waker};
use std::thread;
use std::time::Duration;

use support::{Timer, WATCHDOG, before_it_fires, bell, for_both_timers, poll};

for_both_timers! { a_poisoned_timer_still_fires }

/// The worst waker: it panics when its last copy is dropped.
struct PanicsWhenDropped;

impl Wake for PanicsWhenDropped {
    fn wake(self: Arc<Self>) {}
}

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        // When a test fails, it unwinds already, and a second panic would abort the process.
        if !thread::panicking() {
            panic!("a waker's drop, on purpose");
        }
    }
}

fn a_poisoned_timer_still_fires<T: Timer>(new: fn(Duration) -> T) {
    let (mut timer, rings) = before_it_fires(|duration| {
        let mut timer = new(duration);
        let worst = Waker::from(Arc::new(PanicsWhenDropped));
        if poll(&mut timer, &worst).is_ready() {
            // Too late, try again. The timer has no copy of the waker, and ours must not panic here.
            std::mem::forget(worst);
            return None;
        }
        let (waker, rings) = bell();
        // This poll replaces the stored waker, whose drop panics while the lock is held. If the timer has
        // fired in between, our own copy is the last one, and its drop panics here.
        let caught = panic::catch_unwind(AssertUnwindSafe(|| {
            drop(worst);
            poll(&mut timer, &waker)
        }));
        if caught.is_ok() {
            return None;
        }
        poll(&mut timer, &waker)
            .is_pending()
            .then_some((timer, rings))
    });
    assert_eq!(rings.recv_timeout(WATCHDOG), Ok(()));
    assert!(poll(&mut timer, Waker::noop()).is_ready());
}
