//! The `Join` gives both outputs, whichever child is ready first, and takes children that refer to themselves.

use std::cell::Cell;
use std::pin::pin;
use std::task::Poll;

use projection::join::Join;
use projection::stage::{pause, poll};

/// Waits so many times, with a reference into itself. Counts its polls.
async fn after(pauses: u32, ends: &Cell<u32>) -> u32 {
    let numbers = [pauses; 16];
    let middle = &numbers[8];
    for _ in 0..pauses {
        pause().await;
    }
    ends.set(ends.get() + 1);
    *middle
}

#[test]
fn it_is_ready_with_its_slower_child() {
    for left in 0..4 {
        for right in 0..4 {
            let ends = Cell::new(0);
            let mut join = pin!(Join::new(after(left, &ends), after(right, &ends)));
            for _ in 0..left.max(right) {
                assert!(poll(join.as_mut()).is_pending(), "{left}, {right}");
            }
            assert_eq!(poll(join), Poll::Ready((left, right)));
            assert_eq!(ends.get(), 2, "an async block ends once");
        }
    }
}

#[test]
#[should_panic(expected = "polled after the end")]
fn a_poll_after_the_end_panics() {
    let mut join = pin!(Join::new(async {}, async {}));
    assert!(poll(join.as_mut()).is_ready());
    let _ = poll(join);
}
