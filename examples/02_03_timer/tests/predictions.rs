//! What the chapter's answers claim.

mod support;

use std::ptr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{RawWaker, RawWakerVTable, Waker};
use std::time::Duration;

use support::{Timer, drive, for_both_timers, poll};
use timer_future::{TimerFuture, lazy};

for_both_timers! { three_polls_by_one_task_cost_one_clone }

static CLONES: AtomicUsize = AtomicUsize::new(0);
/// The two tests that count clones take turns.
static COUNTING: Mutex<()> = Mutex::new(());

static VTABLE: RawWakerVTable = RawWakerVTable::new(
    |data| {
        CLONES.fetch_add(1, Ordering::Relaxed);
        RawWaker::new(data, &VTABLE)
    },
    |_| (),
    |_| (),
    |_| (),
);

/// A waker that counts its clones. Wakers with different names wake different tasks.
fn counting_waker(name: usize) -> Waker {
    let data = ptr::without_provenance(name);
    // SAFETY: the functions of `VTABLE` never read through the pointer, own nothing, and touch only
    // an atomic counter. So they are safe to call on any thread, with any pointer, any number of times.
    unsafe { Waker::from_raw(RawWaker::new(data, &VTABLE)) }
}

fn clones_of(polls: impl FnOnce()) -> usize {
    CLONES.store(0, Ordering::Relaxed);
    polls();
    CLONES.load(Ordering::Relaxed)
}

fn three_polls_by_one_task_cost_one_clone<T: Timer>(new: fn(Duration) -> T) {
    let _turn = COUNTING.lock().unwrap_or_else(|other| other.into_inner());
    let mut timer = new(Duration::MAX);
    let one = counting_waker(1);
    let same_task = clones_of(|| {
        for _ in 0..3 {
            assert!(poll(&mut timer, &one).is_pending());
        }
    });
    assert_eq!(same_task, 1);

    let mut timer = new(Duration::MAX);
    let other_tasks = clones_of(|| {
        for name in 1..=3 {
            assert!(poll(&mut timer, &counting_waker(name)).is_pending());
        }
    });
    assert_eq!(other_tasks, 3);
}

#[test]
fn long_short_and_lazy_need_two_one_and_two_polls() {
    let mut long = TimerFuture::new(Duration::from_millis(500));
    let mut short = TimerFuture::new(Duration::from_millis(10));
    let mut lazy = lazy::TimerFuture::new(Duration::from_millis(10));
    assert_eq!(
        [drive(&mut long), drive(&mut short), drive(&mut lazy)],
        [2, 1, 2]
    );
}

/// The guard of an `if let` lives until the end of its block. The guard of a `let` does not.
#[test]
fn if_let_holds_the_lock_in_its_block() {
    let shared = Mutex::new(Some("waker"));
    if let Some(_waker) = shared.lock().expect("not poisoned").take() {
        assert!(shared.try_lock().is_err(), "still locked");
    }

    let waker = shared.lock().expect("not poisoned").take();
    assert!(waker.is_none());
    assert!(shared.try_lock().is_ok(), "free again");
}
