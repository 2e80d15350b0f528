//! A place for tasks that is made once and never freed. When a task has no waker any more, the next task takes its place.
//!
//! The wakers count their owners, and the count goes wrong. Find the bug and repair it. The tests beside this file say what
//! a waker must do; do not edit them. Nothing is freed here, so a wrong count wakes the wrong task, and no more than that.

use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{RawWaker, RawWakerVTable, Waker};

/// The place of a task. The invariant: `owners` is the number of wakers that point to it.
#[derive(Default)]
pub(crate) struct Slot {
    owners: AtomicUsize,
    wakes: AtomicUsize,
}

impl Slot {
    /// Puts a new task into the slot and makes its waker. `None` if the slot still belongs to another task.
    pub(crate) fn take(&'static self) -> Option<Waker> {
        // From no owner to one, in one step: of two threads that try, one succeeds. Its `Acquire` belongs to the `Release`
        // in `release`: what the wakers of the old task have done comes before what we do.
        self.owners
            .compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed)
            .ok()?;
        self.wakes.store(0, Ordering::Relaxed);
        // SAFETY: the slot lives forever, so the four functions may use it at any time and on any thread.
        Some(unsafe { Waker::new(ptr::from_ref(self).cast(), &VTABLE) })
    }

    /// How many wakers the task has. The slot is free when it has none.
    pub(crate) fn owners(&self) -> usize {
        self.owners.load(Ordering::Relaxed)
    }

    /// How often the task has been woken.
    pub(crate) fn wakes(&self) -> usize {
        self.wakes.load(Ordering::Relaxed)
    }
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake_by_ref, wake, release);

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: all our data pointers come from a `&'static Slot`.
    let slot = unsafe { &*data.cast::<Slot>() };
    slot.owners.fetch_add(1, Ordering::Relaxed);
    RawWaker::new(data, &VTABLE)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: what our caller has promised to us, these two ask for.
    unsafe {
        wake_by_ref(data);
        release(data);
    }
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: all our data pointers come from a `&'static Slot`.
    let slot = unsafe { &*data.cast::<Slot>() };
    slot.wakes.fetch_add(1, Ordering::Relaxed);
}

unsafe fn release(data: *const ()) {
    // SAFETY: all our data pointers come from a `&'static Slot`.
    let slot = unsafe { &*data.cast::<Slot>() };
    slot.owners.fetch_sub(1, Ordering::Release);
}
