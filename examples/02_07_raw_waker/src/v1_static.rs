//! A waker that points to a static counter. It needs no allocation, and nothing that `core` does not have.
//!
//! The invariant: every data pointer that belongs to [`VTABLE`] comes from a `&'static AtomicUsize`. Such a counter is
//! never freed, so there is nothing to count and nothing to give back.

// ANCHOR: vtable
use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{RawWaker, RawWakerVTable, Waker};

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake, do_nothing);

unsafe fn clone(data: *const ()) -> RawWaker {
    RawWaker::new(data, &VTABLE)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: by the invariant, `data` comes from a reference to an `AtomicUsize` that lives forever.
    let wakes = unsafe { &*data.cast::<AtomicUsize>() };
    // Whoever reads the count with `Acquire` sees what has happened before the wake.
    wakes.fetch_add(1, Ordering::Release);
}

unsafe fn do_nothing(_: *const ()) {}
// ANCHOR_END: vtable

// ANCHOR: waker
/// Makes a waker that adds one to `wakes` when it is woken.
///
/// It is a `const fn`, so the waker can be a static as well.
pub const fn waker(wakes: &'static AtomicUsize) -> Waker {
    let data = ptr::from_ref(wakes).cast::<()>();
    // SAFETY: `data` keeps the invariant. The four functions keep the contract of `RawWakerVTable`: a counter that lives
    // forever has no owners, so `clone` has nothing to retain, and `wake` and `drop` have nothing to release. They are
    // thread-safe, because all that they do to the counter is one atomic operation.
    unsafe { Waker::new(data, &VTABLE) }
}
// ANCHOR_END: waker
