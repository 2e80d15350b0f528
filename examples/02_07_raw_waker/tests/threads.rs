//! Many threads clone, wake and drop. The count ends where it began, and the closure is dropped once.
//!
//! Such a test finds a count that is not atomic. It does not find a wrong memory ordering; tests/loom.rs does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use raw_waker::v2_counted;

#[test]
fn four_threads() {
    const ROUNDS: usize = 500;
    let wakes = Arc::new(AtomicUsize::new(0));
    let in_closure = Arc::clone(&wakes);
    let waker = v2_counted::waker(move || {
        in_closure.fetch_add(1, Ordering::Relaxed);
    });
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..ROUNDS {
                    let clone = waker.clone();
                    clone.wake_by_ref();
                    drop(clone.clone());
                    clone.wake();
                }
            });
        }
    });
    assert_eq!(wakes.load(Ordering::Relaxed), 4 * 2 * ROUNDS);
    // SAFETY: the waker was made by `v2_counted::waker`.
    assert_eq!(unsafe { v2_counted::owners(&waker) }, 1);
    assert_eq!(Arc::strong_count(&wakes), 2, "the closure is still there");
    drop(waker);
    assert_eq!(Arc::strong_count(&wakes), 1, "the closure is gone");
}

#[test]
fn the_last_owner_may_be_on_any_thread() {
    for _ in 0..200 {
        let alive = Arc::new(());
        let in_closure = Arc::clone(&alive);
        let first = v2_counted::waker(move || {
            let _owned = &in_closure;
        });
        let second = first.clone();
        let threads = [first, second].map(|waker| thread::spawn(move || waker.wake()));
        for thread in threads {
            thread.join().expect("no panic");
        }
        assert_eq!(Arc::strong_count(&alive), 1);
    }
}
