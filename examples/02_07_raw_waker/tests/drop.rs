//! When the closure of a counted waker is dropped: with the last owner, once, whatever happens.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};
use std::thread::{self, ThreadId};

use raw_waker::{v2_counted, v3_arc};

/// Counts how often it is dropped.
struct Dropped(Arc<AtomicUsize>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// A waker, and how often its closure has been dropped.
fn watched(on_wake: impl Fn() + Send + Sync + 'static) -> (Waker, impl Fn() -> usize) {
    let count = Arc::new(AtomicUsize::new(0));
    let dropped = Dropped(Arc::clone(&count));
    let waker = v2_counted::waker(move || {
        let _owned = &dropped;
        on_wake();
    });
    (waker, move || count.load(Ordering::Relaxed))
}

#[test]
fn the_last_drop_frees() {
    let (waker, dropped) = watched(|| ());
    let clone = waker.clone();
    drop(waker);
    assert_eq!(dropped(), 0);
    drop(clone);
    assert_eq!(dropped(), 1);
}

#[test]
fn the_last_wake_frees() {
    let (waker, dropped) = watched(|| ());
    waker.wake_by_ref();
    assert_eq!(dropped(), 0);
    waker.wake();
    assert_eq!(dropped(), 1);
}

#[test]
fn a_panic_in_the_closure_frees_all_the_same() {
    let (waker, dropped) = watched(|| panic!("this panic is a part of the test"));
    let by_reference = catch_unwind(AssertUnwindSafe(|| waker.wake_by_ref()));
    assert!(by_reference.is_err());
    assert_eq!(dropped(), 0);
    // SAFETY: `watched` makes its waker with `v2_counted::waker`.
    assert_eq!(unsafe { v2_counted::owners(&waker) }, 1);
    let by_value = catch_unwind(AssertUnwindSafe(|| waker.wake()));
    assert!(by_value.is_err());
    assert_eq!(dropped(), 1);
}

/// Panics when it is woken.
struct Panics;

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        panic!("this panic is a part of the test");
    }

    fn wake_by_ref(self: &Arc<Self>) {
        panic!("this panic is a part of the test");
    }
}

#[test]
fn a_panic_in_wake_leaves_the_count_of_the_arc_right() {
    let task = Arc::new(Panics);
    let waker = v3_arc::waker(Arc::clone(&task));
    assert!(catch_unwind(AssertUnwindSafe(|| waker.wake_by_ref())).is_err());
    assert_eq!(Arc::strong_count(&task), 2);
    assert!(catch_unwind(AssertUnwindSafe(|| waker.wake())).is_err());
    assert_eq!(Arc::strong_count(&task), 1);
}

/// Writes down on which thread it is dropped.
struct Where(Arc<Mutex<Option<ThreadId>>>);

impl Drop for Where {
    fn drop(&mut self) {
        *self.0.lock().expect("nobody panics") = Some(thread::current().id());
    }
}

#[test]
fn the_closure_is_dropped_on_the_thread_of_the_last_owner() {
    let place = Arc::new(Mutex::new(None));
    let closure_owns = Where(Arc::clone(&place));
    let waker = v2_counted::waker(move || {
        let _owned = &closure_owns;
    });
    let other = thread::spawn(move || drop(waker));
    let other_id = other.thread().id();
    other.join().expect("no panic");
    assert_eq!(*place.lock().expect("nobody panics"), Some(other_id));
}
