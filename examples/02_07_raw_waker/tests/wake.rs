//! What a wake does, in all three versions.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Wake, Waker};

use raw_waker::{v1_static, v2_counted, v3_arc};

#[test]
fn v1_counts_in_the_static_that_it_was_given() {
    static LEFT: AtomicUsize = AtomicUsize::new(0);
    static RIGHT: AtomicUsize = AtomicUsize::new(0);
    let left = v1_static::waker(&LEFT);
    let right = v1_static::waker(&RIGHT);
    left.wake_by_ref();
    let clone = left.clone();
    clone.wake();
    drop(left.clone());
    left.wake();
    drop(right);
    assert_eq!(LEFT.load(Ordering::Acquire), 3);
    assert_eq!(RIGHT.load(Ordering::Acquire), 0);
}

#[test]
fn v1_can_be_a_static_itself() {
    static WAKES: AtomicUsize = AtomicUsize::new(0);
    static WAKER: Waker = v1_static::waker(&WAKES);
    WAKER.wake_by_ref();
    assert_eq!(WAKES.load(Ordering::Acquire), 1);
}

#[test]
fn v2_calls_the_closure_for_each_wake_and_for_nothing_else() {
    let wakes = Arc::new(AtomicUsize::new(0));
    let in_closure = Arc::clone(&wakes);
    let waker = v2_counted::waker(move || {
        in_closure.fetch_add(1, Ordering::Relaxed);
    });
    drop(waker.clone());
    assert_eq!(wakes.load(Ordering::Relaxed), 0);
    waker.wake_by_ref();
    assert_eq!(wakes.load(Ordering::Relaxed), 1);
    let clone = waker.clone();
    clone.wake();
    assert_eq!(wakes.load(Ordering::Relaxed), 2);
    waker.wake();
    assert_eq!(wakes.load(Ordering::Relaxed), 3);
}

#[derive(Default)]
struct Both {
    by_value: AtomicUsize,
    by_reference: AtomicUsize,
}

impl Wake for Both {
    fn wake(self: Arc<Self>) {
        self.by_value.fetch_add(1, Ordering::Relaxed);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.by_reference.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn v3_calls_the_method_of_the_same_name() {
    let task = Arc::new(Both::default());
    let waker = v3_arc::waker(Arc::clone(&task));
    waker.wake_by_ref();
    waker.wake_by_ref();
    assert_eq!(task.by_reference.load(Ordering::Relaxed), 2);
    assert_eq!(task.by_value.load(Ordering::Relaxed), 0);
    waker.wake();
    assert_eq!(task.by_reference.load(Ordering::Relaxed), 2);
    assert_eq!(task.by_value.load(Ordering::Relaxed), 1);
}
