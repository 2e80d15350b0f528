//! What a waiting task takes from the heap, counted by the allocator itself. This needs no `/proc`, and no luck.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use waiting::{Moment, tasks};

/// Counts what the current thread allocates and does not free.
struct Counting;

thread_local! {
    static BLOCKS: Cell<i64> = const { Cell::new(0) };
    static BYTES: Cell<i64> = const { Cell::new(0) };
}

fn count(blocks: i64, bytes: i64) {
    BLOCKS.set(BLOCKS.get() + blocks);
    BYTES.set(BYTES.get() + bytes);
}

// SAFETY: every call goes to `System` with the arguments that came, and `System` keeps the contract. The counting does not
// allocate: the two cells are initialised by constants and have no destructors.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(1, layout.size() as i64);
        // SAFETY: the caller keeps the contract of `alloc`, which is the same for `System`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-1, -(layout.size() as i64));
        // SAFETY: the block came from `System`, because ours passes every call on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Blocks and bytes that these many tasks hold while they wait, less what was there before them.
fn held_by(number: u64) -> (i64, i64) {
    let mut before = (0, 0);
    let mut held = (0, 0);
    tasks(number, |moment| match moment {
        Moment::Prepared => before = (BLOCKS.get(), BYTES.get()),
        Moment::AllWait => held = (BLOCKS.get() - before.0, BYTES.get() - before.1),
        Moment::AllDone => {}
    });
    held
}

#[test]
fn a_waiting_task_is_two_allocations_and_less_than_200_bytes() {
    // The first pool on a thread allocates what all pools on this thread share.
    held_by(1);
    // The second measurement has 1000 tasks more, so what the pool itself needs drops out.
    let (few, many) = (held_by(1000), held_by(2000));
    assert_eq!(many.0 - few.0, 2 * 1000);
    let bytes = (many.1 - few.1) as f64 / 1000.0;
    println!("{bytes} bytes for each task");
    assert!((50.0..200.0).contains(&bytes), "{bytes}");
}
