//! All versions of `Counted` count, and none of them moves its child.

use std::convert::identity;
use std::pin::pin;
use std::task::Poll;

use projection::stage::{Record, Watched, pause, poll};
use projection::{v1_unpin, v2_boxed, v3_one_field, v4_both_fields, v5_macro};

/// Calls a generic function once for each version that takes every child. A macro, because no function can be generic
/// over five types that are called `Counted`.
macro_rules! for_each_version {
    ($function:ident, $child:expr) => {
        $function("v2_boxed", v2_boxed::Counted::new($child));
        $function("v3_one_field", v3_one_field::Counted::new($child));
        $function("v4_both_fields", v4_both_fields::Counted::new($child));
        $function("v5_macro", v5_macro::Counted::new($child));
    };
}

/// Two pauses, and a reference that lives across both.
async fn refers_to_itself() -> u32 {
    let numbers = [7; 64];
    let middle = &numbers[32];
    pause().await;
    pause().await;
    *middle
}

fn is_ready_after_three_polls(version: &str, counted: impl Future<Output = (u32, u32)>) {
    // Moved once more, which is allowed before the first poll.
    let mut counted = Box::pin(counted);
    for _ in 0..2 {
        assert_eq!(poll(counted.as_mut()), Poll::Pending, "{version}");
    }
    assert_eq!(poll(counted.as_mut()), Poll::Ready((7, 3)), "{version}");
}

#[test]
fn the_polls_are_counted() {
    for_each_version!(is_ready_after_three_polls, refers_to_itself());
    // A child on the heap may move, so version 1 takes it.
    let boxed = v1_unpin::Counted::new(Box::pin(refers_to_itself()));
    is_ready_after_three_polls("v1_unpin", boxed);
    // So may the pinned reference to a child in a local variable.
    let child = pin!(refers_to_itself());
    is_ready_after_three_polls("v1_unpin", v1_unpin::Counted::new(child));
}

fn says(polls: u32, make: impl FnOnce(Watched) -> Box<dyn Watch>) -> Vec<String> {
    let record = Record::default();
    make(Watched::new("child", 2, &record)).watch(polls);
    record.lines()
}

/// Any `Counted` around a `Watched`.
trait Watch {
    fn watch(self: Box<Self>, polls: u32);
}

impl<F: Future> Watch for F {
    fn watch(self: Box<Self>, polls: u32) {
        let mut future = Box::into_pin(self);
        for _ in 0..polls {
            let _ = poll(future.as_mut());
            // The box moves, the future does not.
            future = identity(future);
        }
    }
}

/// A version's name and its constructor, behind one type.
type Version = (&'static str, fn(Watched) -> Box<dyn Watch>);

const VERSIONS: [Version; 4] = [
    ("v2_boxed", |child| Box::new(v2_boxed::Counted::new(child))),
    ("v3_one_field", |child| {
        Box::new(v3_one_field::Counted::new(child))
    }),
    ("v4_both_fields", |child| {
        Box::new(v4_both_fields::Counted::new(child))
    }),
    ("v5_macro", |child| Box::new(v5_macro::Counted::new(child))),
];

#[test]
fn the_child_is_polled_and_dropped_at_one_address() {
    for (version, make) in VERSIONS {
        // Dropped while it is pending, and dropped when it is ready.
        for polls in [1, 3] {
            let lines = says(polls, make);
            let mut expected = vec!["child    is polled for the first time"];
            expected.extend((1..polls).map(|_| "child    is polled at its first address: true"));
            expected.push("child    is dropped at its first address: true");
            assert_eq!(lines, expected, "{version}, {polls} polls");
        }
    }
}

#[test]
fn a_child_that_was_never_polled_is_dropped_anywhere() {
    for (version, make) in VERSIONS {
        let lines = says(0, make);
        let expected = ["child    is dropped, and has never been polled"];
        assert_eq!(lines, expected, "{version}");
    }
}

#[test]
fn a_counted_can_be_counted() {
    let inner = v4_both_fields::Counted::new(refers_to_itself());
    let mut outer = pin!(v5_macro::Counted::new(inner));
    assert!(poll(outer.as_mut()).is_pending());
    assert!(poll(outer.as_mut()).is_pending());
    assert_eq!(poll(outer), Poll::Ready(((7, 3), 3)));
}
