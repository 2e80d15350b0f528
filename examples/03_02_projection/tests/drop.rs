//! Who drops its child when, and that it happens where the child was polled.

use std::pin::pin;
use std::task::Poll;

use pin_project_lite::pin_project;
use projection::fused::Fused;
use projection::join::Join;
use projection::stage::{Record, Watched, poll};

#[test]
fn fused_drops_its_child_in_the_poll_that_is_ready() {
    let record = Record::default();
    let mut fused = pin!(Fused::new(Watched::new("child", 1, &record)));
    assert!(poll(fused.as_mut()).is_pending());
    assert_eq!(poll(fused.as_mut()), Poll::Ready("child"));
    let expected = [
        "child    is polled for the first time",
        "child    is polled at its first address: true",
        "child    is dropped at its first address: true",
    ];
    assert_eq!(record.lines(), expected);
    for _ in 0..2 {
        assert!(poll(fused.as_mut()).is_pending(), "after the end");
    }
    assert_eq!(record.lines(), expected, "nothing is left to poll");
}

#[test]
fn a_fused_that_is_dropped_early_drops_its_child_in_place() {
    let record = Record::default();
    {
        let mut fused = pin!(Fused::new(Watched::new("child", 9, &record)));
        assert!(poll(fused.as_mut()).is_pending());
    }
    let last = record.lines().pop().expect("the child has said something");
    assert_eq!(last, "child    is dropped at its first address: true");
}

#[test]
fn a_join_that_is_dropped_early_drops_both_children_in_place() {
    let record = Record::default();
    {
        let left = Watched::new("left", 9, &record);
        let right = Watched::new("right", 9, &record);
        let mut join = pin!(Join::new(left, right));
        assert!(poll(join.as_mut()).is_pending());
    }
    assert_eq!(
        record.lines()[2..],
        [
            "left     is dropped at its first address: true",
            "right    is dropped at its first address: true",
        ]
    );
}

pin_project! {
    /// The wrapper of src/bin/broken.rs that says when it is dropped, with a destructor that moves nothing.
    struct Announced {
        #[pin]
        inner: Watched,
        record: Record,
    }

    impl PinnedDrop for Announced {
        fn drop(this: Pin<&mut Self>) {
            this.project().record.event("wrapper", "is dropped");
        }
    }
}

#[test]
fn the_fields_are_dropped_in_place_after_the_destructor() {
    let record = Record::default();
    {
        let inner = Watched::new("child", 9, &record);
        let mut announced = pin!(Announced {
            inner,
            record: record.clone(),
        });
        assert!(poll(announced.as_mut().project().inner).is_pending());
    }
    assert_eq!(
        record.lines()[1..],
        [
            "wrapper  is dropped",
            "child    is dropped at its first address: true",
        ]
    );
}
