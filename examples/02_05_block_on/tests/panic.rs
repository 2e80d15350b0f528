//! A panic in the future is a panic of `block_on`.

mod support;

use std::cell::Cell;
use std::future::{poll_fn, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::task::Poll;

use block_on::block_on;

/// Blocks on a future that panics in its second poll; returns what it panicked with.
fn panics(guard: impl Sized) -> &'static str {
    let mut polled_before = false;
    let future = poll_fn(move |cx| {
        let _kept = &guard;
        assert!(!polled_before, "the second poll");
        polled_before = true;
        cx.waker().wake_by_ref();
        Poll::<()>::Pending
    });
    // AssertUnwindSafe: nothing that the future touches is looked at again, but for the guard's counter.
    let panic = catch_unwind(AssertUnwindSafe(|| block_on(future))).expect_err("it panics");
    panic.downcast_ref::<&str>().expect("a message")
}

#[test]
fn the_panic_reaches_the_caller() {
    assert_eq!(panics(()), "the second poll");
}

#[test]
fn the_future_is_dropped() {
    struct Drops(Rc<Cell<u32>>);
    impl Drop for Drops {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let drops = Rc::new(Cell::new(0));
    panics(Drops(Rc::clone(&drops)));
    assert_eq!(drops.get(), 1);
}

#[test]
fn the_thread_can_block_again() {
    panics(());
    assert_eq!(block_on(ready(1)), 1);
    block_on(support::woken_during(|| {}));
}
