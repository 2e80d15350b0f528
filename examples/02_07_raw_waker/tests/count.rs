//! The number of owners after each operation: for our counted waker, for ours on top of an `Arc`, and for that of `Waker::from`.

use std::sync::{Arc, Weak};
use std::task::{Wake, Waker};

use raw_waker::{v2_counted, v3_arc};

/// All operations of a waker. Returns the number of owners after each of them.
fn owners_after_each_step(first: Waker, owners: impl Fn(&Waker) -> usize) -> Vec<usize> {
    let mut seen = vec![owners(&first)];
    let second = first.clone();
    seen.push(owners(&first));
    second.wake_by_ref();
    seen.push(owners(&first));
    second.wake();
    seen.push(owners(&first));
    let mut stored = first.clone();
    seen.push(owners(&first));
    stored.clone_from(&first);
    seen.push(owners(&first));
    drop(first);
    seen.push(owners(&stored));
    seen
}

const EXPECTED: [usize; 7] = [1, 2, 2, 1, 2, 2, 1];

struct Nothing;

impl Wake for Nothing {
    fn wake(self: Arc<Self>) {}
}

#[test]
fn the_counted_waker() {
    let waker = v2_counted::waker(|| ());
    let owners = |waker: &Waker| v2_counted::owners(waker).expect("our waker");
    assert_eq!(owners_after_each_step(waker, owners), EXPECTED);
}

/// Makes a waker from an `Arc` and looks at the `Arc`'s own count, from outside.
fn of_an_arc(make: impl Fn(Arc<Nothing>) -> Waker) -> (Vec<usize>, Weak<Nothing>) {
    let task = Arc::new(Nothing);
    let outside = Arc::downgrade(&task);
    let counts = owners_after_each_step(make(task), |_| outside.strong_count());
    (counts, outside)
}

#[test]
fn the_waker_on_top_of_an_arc() {
    let (counts, task) = of_an_arc(v3_arc::waker);
    assert_eq!(counts, EXPECTED);
    assert_eq!(task.strong_count(), 0, "the last waker has freed the task");
}

#[test]
fn the_waker_of_the_standard_library() {
    let (counts, task) = of_an_arc(Waker::from);
    assert_eq!(counts, EXPECTED);
    assert_eq!(task.strong_count(), 0);
}

#[test]
fn only_our_own_wakers_are_asked_for_their_count() {
    assert_eq!(v2_counted::owners(Waker::noop()), None);
    assert_eq!(v2_counted::owners(&v3_arc::waker(Arc::new(Nothing))), None);
}
