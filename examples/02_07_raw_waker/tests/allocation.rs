//! Which version asks the allocator for memory, and when. Measured with an allocator that counts.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::task::{Wake, Waker};

use raw_waker::{v1_static, v2_counted, v3_arc};

struct Counting;

thread_local! {
    /// One count for each thread, because the test harness allocates on its own.
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every request is passed on unchanged to `System`, which is a correct allocator. Counting does not allocate:
// the thread-local is a constant without a destructor.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        // SAFETY: our caller has promised what `System.alloc` asks for: a layout whose size is not zero.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: our caller has promised that `pointer` came from `alloc` with this layout, so it came from `System`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often `work` asks for memory.
fn allocations<T>(work: impl FnOnce() -> T) -> (usize, T) {
    let before = COUNT.get();
    let result = work();
    (COUNT.get() - before, result)
}

/// A clone, both kinds of wake, and a drop.
fn use_it(waker: &Waker) {
    let clone = waker.clone();
    clone.wake_by_ref();
    clone.wake();
}

#[test]
fn the_static_waker_never_allocates() {
    static WAKES: AtomicUsize = AtomicUsize::new(0);
    let (count, waker) = allocations(|| v1_static::waker(&WAKES));
    assert_eq!(count, 0);
    assert_eq!(allocations(|| use_it(&waker)).0, 0);
}

#[test]
fn the_counted_waker_allocates_when_it_is_made() {
    // One for the block and one for the closure, which owns a number here.
    let number = black_box(7);
    let (count, waker) = allocations(|| {
        v2_counted::waker(move || {
            black_box(number);
        })
    });
    assert_eq!(count, 2);
    assert_eq!(allocations(|| use_it(&waker)).0, 0);
}

struct Nothing;

impl Wake for Nothing {
    fn wake(self: Arc<Self>) {}
}

#[test]
fn an_arc_is_the_only_allocation_of_its_wakers() {
    let (count, task) = allocations(|| Arc::new(Nothing));
    assert_eq!(count, 1);
    let (count, waker) = allocations(|| v3_arc::waker(task));
    assert_eq!(count, 0);
    assert_eq!(allocations(|| use_it(&waker)).0, 0);
}
