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
    // SAFETY: it is asked for the waker above and its clones only.
    let owners = |waker: &Waker| unsafe { v2_counted::owners(waker) };
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

/// The contract of `owners` is broken on purpose. The functions of this table are not those of `v2_counted`, so the two
/// tables have different addresses, and the check panics before the pointer is used.
#[test]
#[should_panic(expected = "a waker from elsewhere")]
fn a_waker_with_another_table_is_refused() {
    let foreign = v3_arc::waker(Arc::new(Nothing));
    // SAFETY: see above.
    unsafe { v2_counted::owners(&foreign) };
}
