//! A panic in the future is a panic of `block_on`.

mod support;

use std::cell::Cell;
use std::future::{poll_fn, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::task::Poll;

use block_on::block_on;
use support::{PLENTY, within, woken_during};

/// A future that panics in its second poll.
fn panics(guard: impl Sized) -> impl Future<Output = ()> {
    let mut polled_before = false;
    poll_fn(move |cx| {
        let _kept = &guard;
        assert!(!polled_before, "the second poll");
        polled_before = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
}

/// What `block_on` panics with.
fn panic_of(future: impl Future<Output = ()>) -> &'static str {
    // AssertUnwindSafe: nobody looks at the future again.
    let panic = catch_unwind(AssertUnwindSafe(|| block_on(future))).expect_err("it panics");
    panic.downcast_ref::<&str>().expect("a message")
}

#[test]
fn the_panic_reaches_the_caller() {
    let message = within(PLENTY, || panic_of(panics(())));
    assert_eq!(message, Some("the second poll"));
}

#[test]
fn the_future_is_dropped() {
    struct Drops(Rc<Cell<u32>>);
    impl Drop for Drops {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let drops = within(PLENTY, || {
        let drops = Rc::new(Cell::new(0));
        panic_of(panics(Drops(Rc::clone(&drops))));
        drops.get()
    });
    assert_eq!(drops, Some(1));
}

#[test]
fn the_thread_can_block_again() {
    let output = within(PLENTY, || {
        panic_of(panics(()));
        block_on(woken_during(|| {}));
        block_on(ready(1))
    });
    assert_eq!(output, Some(1));
}
