//! A waker whose table has one wrong entry. It commits undefined behaviour, or it leaks.
//!
//! - `cargo run -p raw_waker --bin wrong_count`: `clone` does not count.
//! - with `-- wake` behind it: `wake` gives nothing back.
//! - with `-- repaired` behind it: the table is right.
//!
//! All three print the same. Run them under valgrind to see the difference.

use std::env;
use std::sync::atomic::{AtomicUsize, Ordering, fence};
use std::task::{RawWaker, RawWakerVTable, Waker};

/// Allocators like to keep notes of their own at the beginning of a freed block. The fields that are used after the free
/// come last, so that they stay as they were. This makes the program behave, it does not make it right.
#[repr(C)]
struct Task {
    name: &'static str,
    table: &'static RawWakerVTable,
    wakes: AtomicUsize,
    owners: AtomicUsize,
}

// ANCHOR: tables
static CLONE_IS_WRONG: RawWakerVTable = RawWakerVTable::new(copy, wake, wake_by_ref, release);
static WAKE_IS_WRONG: RawWakerVTable =
    RawWakerVTable::new(clone, wake_by_ref, wake_by_ref, release);
static REPAIRED: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, release);

/// The bug: there is one more waker, and nobody has counted it.
unsafe fn copy(data: *const ()) -> RawWaker {
    RawWaker::new(data, &CLONE_IS_WRONG)
}
// ANCHOR_END: tables

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the caller has a waker, and with a right table the task exists as long as a waker does.
    let task = unsafe { &*data.cast::<Task>() };
    task.owners.fetch_add(1, Ordering::Relaxed);
    RawWaker::new(data, task.table)
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the caller has a waker, and with a right table the task exists as long as a waker does.
    let task = unsafe { &*data.cast::<Task>() };
    let wakes = task.wakes.fetch_add(1, Ordering::Relaxed) + 1;
    println!("task   is woken, wakes: {wakes}");
}

unsafe fn wake(data: *const ()) {
    // SAFETY: the caller has given its waker up to us, with the owner that it is.
    unsafe {
        wake_by_ref(data);
        release(data);
    }
}

unsafe fn release(data: *const ()) {
    let task = data.cast::<Task>().cast_mut();
    // SAFETY: the caller has a waker, and with a right table the task exists as long as a waker does.
    let owners = unsafe { &(*task).owners };
    if owners.fetch_sub(1, Ordering::Release) == 1 {
        fence(Ordering::Acquire);
        // SAFETY: the task comes from `Box::into_raw`, and with a right table nobody else has it.
        drop(unsafe { Box::from_raw(task) });
    }
}

/// The table that the arguments ask for.
fn table() -> &'static RawWakerVTable {
    match env::args().nth(1).as_deref() {
        Some("wake") => &WAKE_IS_WRONG,
        Some("repaired") => &REPAIRED,
        _ => &CLONE_IS_WRONG,
    }
}

// ANCHOR: run
fn main() {
    let table = table();
    let task = Box::new(Task {
        name: "a task",
        table,
        wakes: AtomicUsize::new(0),
        owners: AtomicUsize::new(1),
    });
    println!("main   makes {} and its waker", task.name);
    let data = Box::into_raw(task).cast_const().cast::<()>();
    // SAFETY: only if the table is right. Two of the three are not, and that is what this program is for.
    let waker = unsafe { Waker::new(data, table) };

    println!("main   leaves a clone with the timer, and drops its own waker");
    let timer = waker.clone();
    drop(waker);

    println!("timer  wakes the task by reference, and then with the waker itself");
    timer.wake_by_ref();
    timer.wake();
    println!("main   ends");
}
// ANCHOR_END: run
