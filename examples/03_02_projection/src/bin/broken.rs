//! Three wrappers that look right, and move their pinned child.
//!
//! The argument chooses one: none for an `impl Unpin`, `take` for a function, `drop` for a destructor. Their child is
//! `Watched`, which compares numbers. With the argument `async` the first wrapper gets an async block instead, which
//! reads through its reference into itself: start that one under valgrind.

use std::env;
use std::pin::{Pin, pin};
use std::process::ExitCode;
use std::task::{Context, Poll, ready};

use projection::stage::{Record, Watched, pause, poll};

// ANCHOR: impl_unpin
struct Counted<F> {
    inner: F,
    polls: u32,
}

// A counter is a number, and a number may move.
impl<F> Unpin for Counted<F> {}

impl<F: Future> Future for Counted<F> {
    type Output = (F::Output, u32);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        this.polls += 1;
        // SAFETY: `self` is pinned, so its field is pinned, too. (Wrong: see the line above that says `Unpin`.)
        let inner = unsafe { Pin::new_unchecked(&mut this.inner) };
        let output = ready!(inner.poll(cx));
        Poll::Ready((output, this.polls))
    }
}
// ANCHOR_END: impl_unpin

fn moved_by_its_owner(record: &Record) {
    // ANCHOR: moved_by_its_owner
    let inner = Watched::new("child", 1, record);
    let mut counted = Counted { inner, polls: 0 };
    let _ = poll(Pin::new(&mut counted));
    record.event("main", "moves the wrapper into a box");
    let mut boxed = Box::new(counted);
    let _ = poll(Pin::new(&mut *boxed));
    // ANCHOR_END: moved_by_its_owner
}

fn moved_with_a_reference_into_itself(record: &Record) {
    // ANCHOR: reads_itself
    let inner = async {
        let page = [7_u8; 256];
        let middle = &page[128];
        pause().await;
        // After the move, this reads where the page was.
        record.event("child", "reads through its reference");
        *middle
    };
    let mut counted = Box::new(Counted { inner, polls: 0 });
    let _ = poll(Pin::new(&mut *counted));
    record.event("main", "moves the wrapper into another box");
    let mut counted = {
        let old = counted;
        // The old box is given back to the allocator at the end of this block.
        Box::new(*old)
    };
    let _ = poll(Pin::new(&mut *counted));
    // ANCHOR_END: reads_itself
}

// ANCHOR: take
/// A wrapper that can be asked to give its child back. The child is structurally pinned.
struct Returning<F> {
    inner: Option<F>,
}

impl<F> Returning<F> {
    fn take(self: Pin<&mut Self>) -> Option<F> {
        // SAFETY: the wrapper itself is not moved. (Not enough: its pinned child is.)
        unsafe { self.get_unchecked_mut() }.inner.take()
    }
}
// ANCHOR_END: take

impl<F> Returning<F> {
    fn inner(self: Pin<&mut Self>) -> Pin<&mut Option<F>> {
        // SAFETY: `inner` is structurally pinned. (Wrong: see `take`.)
        unsafe { self.map_unchecked_mut(|this| &mut this.inner) }
    }
}

fn moved_by_a_function(record: &Record) {
    let inner = Some(Watched::new("child", 1, record));
    let mut returning = pin!(Returning { inner });
    if let Some(child) = returning.as_mut().inner().as_pin_mut() {
        let _ = poll(child);
    }
    record.event("main", "takes the child back");
    drop(returning.take());
}

// ANCHOR: drop
/// A wrapper that says when it is dropped. Its child is structurally pinned.
struct Announced<F> {
    inner: Option<F>,
    record: Record,
}

impl<F> Drop for Announced<F> {
    fn drop(&mut self) {
        self.record.event("wrapper", "drops its child");
        drop(self.inner.take());
    }
}
// ANCHOR_END: drop

impl<F> Announced<F> {
    fn inner(self: Pin<&mut Self>) -> Pin<&mut Option<F>> {
        // SAFETY: `inner` is structurally pinned. (Wrong: see `drop`.)
        unsafe { self.map_unchecked_mut(|this| &mut this.inner) }
    }
}

fn moved_by_a_destructor(record: &Record) {
    let mut announced = pin!(Announced {
        inner: Some(Watched::new("child", 1, record)),
        record: record.clone(),
    });
    if let Some(child) = announced.as_mut().inner().as_pin_mut() {
        let _ = poll(child);
    }
    record.event("main", "lets the wrapper go");
}

fn main() -> ExitCode {
    let record = Record::default();
    match env::args().nth(1).as_deref() {
        None => moved_by_its_owner(&record),
        Some("take") => moved_by_a_function(&record),
        Some("drop") => moved_by_a_destructor(&record),
        Some("async") => moved_with_a_reference_into_itself(&record),
        Some(other) => {
            eprintln!("no such variant: {other}. There are `take`, `drop` and `async`");
            return ExitCode::from(2);
        }
    }
    for line in record.lines() {
        println!("{line}");
    }
    ExitCode::FAILURE
}
