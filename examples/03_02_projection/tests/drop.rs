//! Who drops its child when, and that it happens where the child was polled.

use std::pin::pin;
use std::task::Poll;

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
