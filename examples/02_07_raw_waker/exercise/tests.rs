//! What the waker of a slot must do. No test waits for anything.

use std::thread;

use crate::exercise::Slot;

/// A slot of its own for each test. It is never freed, and so it is not a leak in the sense of this exercise.
fn slot() -> &'static Slot {
    Box::leak(Box::default())
}

#[test]
fn a_new_task_has_one_waker() {
    let slot = slot();
    assert_eq!(slot.owners(), 0);
    let waker = slot.take().expect("a new slot is free");
    assert_eq!(slot.owners(), 1);
    assert!(slot.take().is_none(), "the slot belongs to a task");
    drop(waker);
    assert_eq!(slot.owners(), 0);
}

#[test]
fn a_clone_is_counted_until_it_is_dropped() {
    let slot = slot();
    let waker = slot.take().expect("a new slot is free");
    let clone = waker.clone();
    assert_eq!(slot.owners(), 2, "a clone is one more owner");
    drop(clone);
    assert_eq!(slot.owners(), 1, "a dropped clone is one owner less");
}

#[test]
fn every_wake_arrives() {
    let slot = slot();
    let waker = slot.take().expect("a new slot is free");
    waker.wake_by_ref();
    assert_eq!(slot.wakes(), 1);
    waker.wake();
    assert_eq!(slot.wakes(), 2);
}

#[test]
fn a_wake_by_reference_and_a_wake_free_the_slot() {
    let slot = slot();
    let waker = slot.take().expect("a new slot is free");
    waker.wake_by_ref();
    waker.wake();
    assert_eq!(slot.owners(), 0);
}

#[test]
fn a_wake_by_reference_gives_nothing_up() {
    let slot = slot();
    let waker = slot.take().expect("a new slot is free");
    for wakes in 1..=3 {
        waker.wake_by_ref();
        assert_eq!(slot.wakes(), wakes);
        assert_eq!(
            slot.owners(),
            1,
            "`Waker::wake_by_ref` borrows the waker. The waker is still there, so it must still be counted"
        );
    }
}

#[test]
fn a_wake_gives_the_waker_up() {
    let slot = slot();
    let waker = slot.take().expect("a new slot is free");
    waker.wake();
    assert_eq!(
        slot.owners(),
        0,
        "`Waker::wake` takes the waker, and nobody drops it afterwards. If its owner is not given back, the slot is lost"
    );
    assert!(slot.take().is_some(), "the slot is free again");
}

#[test]
fn an_old_waker_does_not_wake_the_next_task() {
    let slot = slot();
    let old = slot.take().expect("a new slot is free");
    old.wake_by_ref();
    if let Some(_new) = slot.take() {
        let before = slot.wakes();
        old.wake_by_ref();
        assert_eq!(
            slot.wakes(),
            before,
            "the old task still has a waker, but a new task got its slot, and the old waker has woken the new task"
        );
    }
}

#[test]
fn threads_leave_the_count_as_they_found_it() {
    let slot = slot();
    let waker = slot.take().expect("a new slot is free");
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..1_000 {
                    let clone = waker.clone();
                    clone.wake_by_ref();
                    clone.wake();
                }
            });
        }
    });
    assert_eq!(slot.wakes(), 8_000);
    assert_eq!(slot.owners(), 1, "left: the owners, of which one is there");
}
