//! Combining futures asks the allocator for nothing. Measured with an allocator that counts.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use future_trait::{AndThen, Join};
use futures::stream::FuturesUnordered;

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

fn number(value: u8) -> Ready<Result<u8, ()>> {
    ready(Ok(value))
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| Box::new(7)).0, 1);
}

#[test]
fn a_nest_of_combinators_is_built_and_run_without_allocating() {
    let (count, answer) = allocations(|| {
        let chain = AndThen::new(number(1), |one| number(one + 1));
        let inner = Join::new(chain, number(3));
        let mut nest = Join::new(inner, number(4));
        Pin::new(&mut nest).poll(&mut Context::from_waker(Waker::noop()))
    });
    assert_eq!(answer, Poll::Ready(((Ok(2), Ok(3)), Ok(4))));
    assert_eq!(count, 0);
}

#[test]
fn futures_unordered_allocates_for_each_child() {
    let children = FuturesUnordered::new();
    // The first child is left out of the count, because the collection itself allocates, too.
    children.push(number(0));
    for _ in 0..10 {
        assert_eq!(allocations(|| children.push(number(1))).0, 1);
    }
}
