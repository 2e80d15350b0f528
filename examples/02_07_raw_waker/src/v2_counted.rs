//! A waker that calls a closure, and counts its owners itself.
//!
//! The invariants, for every data pointer that belongs to [`VTABLE`]:
//!
//! 1. It comes from `Box::into_raw` of a `Block`.
//! 2. `owners` is at least the number of wakers with this pointer. While it is not 0, the block exists.
//! 3. Whoever takes the last owner away frees the block, and nobody else does.
//!
//! (If a waker is forgotten with `mem::forget`, it stays counted, and the block stays.)

// The atomics of the standard library. In tests/loom.rs, those of loom stand in for them.
mod sync {
    #[cfg(loom)]
    pub(super) use loom::sync::atomic::{AtomicUsize, Ordering, fence};
    #[cfg(not(loom))]
    pub(super) use std::sync::atomic::{AtomicUsize, Ordering, fence};
}

// ANCHOR: block
use std::process::abort;
use std::ptr;
use std::task::{RawWaker, RawWakerVTable, Waker};

use sync::{AtomicUsize, Ordering, fence};

struct Block {
    owners: AtomicUsize,
    on_wake: Box<dyn Fn() + Send + Sync>,
}
// ANCHOR_END: block

// ANCHOR: waker
/// Makes a waker that calls `on_wake` each time when it is woken.
///
/// The closure is dropped with the last copy of the waker, on the thread that drops this copy.
pub fn waker(on_wake: impl Fn() + Send + Sync + 'static) -> Waker {
    let block = Box::new(Block {
        owners: AtomicUsize::new(1),
        on_wake: Box::new(on_wake),
    });
    let data = Box::into_raw(block).cast_const().cast::<()>();
    // SAFETY: this waker is the one owner that `owners` says. The four functions keep the contract of `RawWakerVTable`,
    // as each of them argues. They may run on any thread: `owners` is atomic, and `on_wake` is `Send` and `Sync`.
    unsafe { Waker::new(data, &VTABLE) }
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop);
// ANCHOR_END: waker

// ANCHOR: clone
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the caller has a waker, so the block exists (invariants 1 and 2), and it exists until we return.
    let block = unsafe { &*data.cast::<Block>() };
    let owners = block.owners.fetch_add(1, Ordering::Relaxed);
    // A program that forgets clones could count beyond the end, to 0. We stop at half of the way: between an addition and
    // its check, other threads may add, too, but there are never that many threads.
    if owners > isize::MAX.cast_unsigned() {
        abort();
    }
    RawWaker::new(data, &VTABLE)
}
// ANCHOR_END: clone

// ANCHOR: wake
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the caller has a waker, so the block exists (invariants 1 and 2), and it exists until we return.
    let block = unsafe { &*data.cast::<Block>() };
    (block.on_wake)();
}

unsafe fn wake(data: *const ()) {
    // SAFETY: the caller has given its waker up to us, still counted. This waker takes its place (invariants 1 and 2).
    let waker = unsafe { Waker::new(data, &VTABLE) };
    // Here the waker is dropped, even if `on_wake` panics.
    waker.wake_by_ref();
}
// ANCHOR_END: wake

// ANCHOR: drop
unsafe fn drop(data: *const ()) {
    let block = data.cast::<Block>().cast_mut();
    // SAFETY: the waker that is being dropped is still counted, so the block exists (invariants 1 and 2).
    let owners = unsafe { &(*block).owners };
    if owners.fetch_sub(1, Ordering::Release) != 1 {
        // Somebody else may free the block from now on, so nothing of it is touched any more.
        return;
    }
    fence(Ordering::Acquire);
    // SAFETY: `block` comes from `Box::into_raw` (1). We have taken the last owner away, so it is our turn to free it (3).
    // No waker is left that could use it (2), and since the fence, all that the others have done with it comes before.
    let block = unsafe { Box::from_raw(block) };
    std::mem::drop(block);
}
// ANCHOR_END: drop

// ANCHOR: owners
/// How many owners the block of this waker has: its copies, and those that were forgotten.
///
/// Another thread can change the number at any moment.
///
/// # Safety
///
/// The waker has been made by [`waker`], or it is a clone of such a waker.
///
/// # Panics
///
/// If the table of the waker is not the one of this module.
pub unsafe fn owners(waker: &Waker) -> usize {
    // Another address is the proof of a mistake. The same address is no proof that there is none.
    assert!(ptr::eq(waker.vtable(), &VTABLE), "a waker from elsewhere");
    // SAFETY: our caller promises that the waker is ours. We borrow it, so the block exists (invariants 1 and 2).
    let block = unsafe { &*waker.data().cast::<Block>() };
    block.owners.load(Ordering::Relaxed)
}
// ANCHOR_END: owners
