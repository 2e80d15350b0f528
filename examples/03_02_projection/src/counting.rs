//! An allocator that counts how often it is asked, so that a test can say that a future allocates nothing.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, and a count for each thread.
///
/// A program turns it on with `#[global_allocator] static ALLOCATOR: Counting = Counting;`.
pub struct Counting;

thread_local! {
    /// How many allocations this thread has asked for.
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every request is passed on unchanged to `System`, which is a correct allocator. Counting neither
// allocates nor panics: the thread-local is a constant without a destructor, and the addition wraps. `realloc` and `alloc_zeroed` are the provided ones, which call
// these two.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get().wrapping_add(1));
        // SAFETY: our caller has promised what `System.alloc` asks for: a layout whose size is not zero.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: our caller has promised that `pointer` came from `alloc` with this layout, so it came from `System`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// How many allocations `work` asks for. Zero in any case if [`Counting`] is not turned on.
pub fn allocations(work: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.get();
    work();
    ALLOCATIONS.get() - before
}
