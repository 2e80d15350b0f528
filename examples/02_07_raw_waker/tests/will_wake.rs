//! When two wakers are known to wake the same task: if the pointer and the table are the same.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::task::{Wake, Waker};

use raw_waker::{v1_static, v2_counted, v3_arc};

static ONE: AtomicUsize = AtomicUsize::new(0);
static OTHER: AtomicUsize = AtomicUsize::new(0);

#[test]
fn a_clone_wakes_what_its_original_wakes() {
    for waker in [v1_static::waker(&ONE), v2_counted::waker(|| ())] {
        assert!(waker.will_wake(&waker.clone()));
    }
}

#[test]
fn the_same_table_and_another_pointer_is_another_task() {
    let waker = v1_static::waker(&ONE);
    assert!(waker.will_wake(&v1_static::waker(&ONE)));
    assert!(!waker.will_wake(&v1_static::waker(&OTHER)));
    assert!(!v2_counted::waker(|| ()).will_wake(&v2_counted::waker(|| ())));
}

struct Nothing;

impl Wake for Nothing {
    fn wake(self: Arc<Self>) {}
}

/// For the version with an `Arc`, a "no" is always allowed: its table is a constant, and a constant may have several addresses.
#[test]
fn the_same_pointer_and_another_table_is_not_known_to_be_the_same_task() {
    let task = Arc::new(Nothing);
    let ours = v3_arc::waker(Arc::clone(&task));
    let theirs = Waker::from(Arc::clone(&task));
    assert_eq!(ours.data(), theirs.data());
    assert!(!ours.will_wake(&theirs));
}
