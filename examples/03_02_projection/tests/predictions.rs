//! What the answers of the chapter's "Predict" questions claim.

use std::future::ready;
use std::marker::PhantomPinned;
use std::pin::{Pin, pin};
use std::task::Poll;

use projection::join::Join;
use projection::stage::{Record, Watched, pause, poll};
use projection::{v1_unpin, v2_boxed, v3_one_field, v4_both_fields, v5_macro};

/// Whether a type is `Unpin`, asked of a value: the compiler prefers the method below, if its bound holds.
struct Probe<'a, T>(#[allow(dead_code, reason = "only its type matters")] &'a T);

impl<T: Unpin> Probe<'_, T> {
    fn is_unpin(&self) -> bool {
        true
    }
}

trait Otherwise {
    fn is_unpin(&self) -> bool {
        false
    }
}

impl<T> Otherwise for Probe<'_, T> {}

#[test]
fn a_counted_is_unpin_if_its_child_is() {
    macro_rules! check {
        ($($version:ident),+) => {$(
            assert!(Probe(&$version::Counted::new(ready(1))).is_unpin());
            assert!(!Probe(&$version::Counted::new(async { pause().await })).is_unpin());
            assert!(Probe(&$version::Counted::new(Box::pin(async { pause().await }))).is_unpin());
        )+};
    }
    check!(v1_unpin, v3_one_field, v4_both_fields, v5_macro);
    // The child of version 2 is never in a field, so nothing forbids to move the wrapper.
    assert!(Probe(&v2_boxed::Counted::new(async { pause().await })).is_unpin());
}

/// As in chapter 2.2: an output is never pinned, so it does not count.
#[test]
fn a_join_is_unpin_if_its_children_are_whatever_their_outputs() {
    assert!(Probe(&Join::new(ready(PhantomPinned), ready(1))).is_unpin());
    assert!(!Probe(&Join::new(ready(1), async { pause().await })).is_unpin());
}

#[test]
fn into_inner_gives_back_a_child_that_was_never_polled() {
    let record = Record::default();
    let child = v4_both_fields::Counted::new(Watched::new("child", 0, &record)).into_inner();
    assert_eq!(poll(pin!(child)), Poll::Ready("child"));
    let child = v5_macro::Counted::new(Watched::new("child", 0, &record)).into_inner();
    assert_eq!(poll(pin!(child)), Poll::Ready("child"));
    assert!(!record.lines().iter().any(|line| line.contains("false")));
}

/// An `Unpin` child may be taken back even after it has been polled: nobody has pinned it for good.
#[test]
fn into_inner_gives_back_an_unpin_child_at_any_time() {
    let mut counted = v4_both_fields::Counted::new(pause());
    assert!(poll(Pin::new(&mut counted)).is_pending());
    assert!(poll(pin!(counted.into_inner())).is_ready());
}

#[test]
fn left_is_dropped_before_right_is_polled_again() {
    let record = Record::default();
    let left = Watched::new("left", 1, &record);
    let right = Watched::new("right", 2, &record);
    let mut join = pin!(Join::new(left, right));
    assert!(poll(join.as_mut()).is_pending());
    let before = record.lines().len();
    assert!(poll(join.as_mut()).is_pending());
    assert_eq!(
        record.lines()[before..],
        [
            "left     is polled at its first address: true",
            "left     is dropped at its first address: true",
            "right    is polled at its first address: true",
        ]
    );
}
