//! A waker that points into an `Arc`, and leaves the counting to it. `Waker::from` does the same for every `Wake`.
//!
//! The invariants, for every data pointer that belongs to the table of a type `W`:
//!
//! 1. It comes from `Arc::into_raw` of an `Arc<W>`.
//! 2. Each waker with this pointer owns one of the strong counts of this `Arc`.

// ANCHOR: waker
use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Wake, Waker};

/// Makes a waker from a task.
pub fn waker<W: Wake + Send + Sync + 'static>(task: Arc<W>) -> Waker {
    let data = Arc::into_raw(task).cast::<()>();
    // SAFETY: the count of `task` now belongs to this waker. The functions keep the contract of `RawWakerVTable`, as each of
    // them argues. They may run on any thread, because an `Arc` may, whose content is `Send` and `Sync`.
    unsafe { Waker::new(data, vtable::<W>()) }
}

fn vtable<W: Wake + Send + Sync + 'static>() -> &'static RawWakerVTable {
    // A static cannot depend on `W`. A constant can.
    const { &RawWakerVTable::new(clone::<W>, wake::<W>, wake_by_ref::<W>, drop::<W>) }
}
// ANCHOR_END: waker

// ANCHOR: functions
unsafe fn clone<W: Wake + Send + Sync + 'static>(data: *const ()) -> RawWaker {
    // SAFETY: by the invariants, `data` comes from `Arc::into_raw`, and the caller's waker owns a count.
    unsafe { Arc::increment_strong_count(data.cast::<W>()) };
    RawWaker::new(data, vtable::<W>())
}

unsafe fn wake<W: Wake + Send + Sync + 'static>(data: *const ()) {
    // SAFETY: by the invariants. The caller gives its waker up, so its count is ours.
    let task = unsafe { Arc::from_raw(data.cast::<W>()) };
    task.wake();
}

unsafe fn wake_by_ref<W: Wake + Send + Sync + 'static>(data: *const ()) {
    // SAFETY: by the invariants. The caller keeps its waker and its count, so this `Arc` must not be dropped.
    let task = ManuallyDrop::new(unsafe { Arc::from_raw(data.cast::<W>()) });
    task.wake_by_ref();
}

unsafe fn drop<W: Wake + Send + Sync + 'static>(data: *const ()) {
    // SAFETY: by the invariants. The waker is being dropped, and its count with it.
    unsafe { Arc::decrement_strong_count(data.cast::<W>()) };
}
// ANCHOR_END: functions
