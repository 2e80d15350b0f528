//! What a future may be that never leaves its thread.

mod support;

use std::cell::RefCell;
use std::future::{poll_fn, ready};
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use block_on::block_on;
use support::{PLENTY, within, woken_during};

#[test]
fn the_future_may_borrow_from_the_caller() {
    let mut words = vec![String::from("park")];
    let length = block_on(poll_fn(|_| {
        words.push(String::from("unpark"));
        Poll::Ready(words.len())
    }));
    assert_eq!(length, 2);
    assert_eq!(words, ["park", "unpark"]);
}

#[test]
fn the_output_may_borrow_from_the_caller() {
    let text = String::from("park and unpark");
    let first: &str = block_on(ready(&text[..4]));
    assert_eq!(first, "park");
}

#[test]
fn the_future_need_not_be_send() {
    let seen = within(PLENTY, || {
        let seen = Rc::new(RefCell::new(Vec::new()));
        let for_future = Rc::clone(&seen);
        block_on(woken_during(move || for_future.borrow_mut().push("polled")));
        seen.take()
    });
    assert_eq!(seen, Some(vec!["polled"]));
}

#[test]
fn the_future_may_be_an_async_block() {
    let output = within(PLENTY, || {
        let text = String::from("park");
        block_on(async {
            // A borrow across an `.await`: the block must not move while it waits.
            let (first, second) = text.split_at(2);
            woken_during(|| {}).await;
            format!("{second}{first}")
        })
    });
    assert_eq!(output.as_deref(), Some("rkpa"));
}

/// A future that must not be moved once it has been polled.
struct Immovable {
    address: usize,
    _pinned: PhantomPinned,
}

impl Future for Immovable {
    type Output = bool;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<bool> {
        let here = &raw const *self as usize;
        // SAFETY: only a number is written; nothing is moved out of the pinned value.
        let this = unsafe { self.get_unchecked_mut() };
        if this.address == 0 {
            this.address = here;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(this.address == here)
    }
}

#[test]
fn the_future_stays_where_it_is() {
    let future = Immovable {
        address: 0,
        _pinned: PhantomPinned,
    };
    let stayed = within(PLENTY, || block_on(future));
    assert_eq!(
        stayed,
        Some(true),
        "every poll finds it at the same address"
    );
}

#[test]
fn the_future_is_dropped_before_block_on_returns() {
    struct Drops(Rc<RefCell<u32>>);
    impl Drop for Drops {
        fn drop(&mut self) {
            *self.0.borrow_mut() += 1;
        }
    }
    let drops = Rc::new(RefCell::new(0));
    let guard = Drops(Rc::clone(&drops));
    block_on(poll_fn(move |_| {
        let _kept = &guard;
        Poll::Ready(())
    }));
    assert_eq!(*drops.borrow(), 1);
}
