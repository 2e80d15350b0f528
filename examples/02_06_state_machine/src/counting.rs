//! An allocator that counts the bytes in use, so that a program can say what its tasks cost.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, and a count for each thread.
///
/// A program turns it on with `#[global_allocator] static ALLOCATOR: Counting = Counting;`.
pub struct Counting;

thread_local! {
    /// The bytes that this thread has asked for, less those that it has given back. Signed, because a thread may give
    /// back what another one has asked for.
    static IN_USE: Cell<isize> = const { Cell::new(0) };
}

// SAFETY: every request is passed on unchanged to `System`, which is a correct allocator. Counting does not allocate:
// the thread-local is a constant without a destructor. `realloc` and `alloc_zeroed` are the provided ones, which call
// these two.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        IN_USE.set(IN_USE.get() + layout.size().cast_signed());
        // SAFETY: our caller has promised what `System.alloc` asks for: a layout whose size is not zero.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.set(IN_USE.get() - layout.size().cast_signed());
        // SAFETY: our caller has promised that `pointer` came from `alloc` with this layout, so it came from `System`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// The bytes that this thread has in use. Zero for ever if [`Counting`] is not turned on.
pub fn in_use() -> isize {
    IN_USE.get()
}
