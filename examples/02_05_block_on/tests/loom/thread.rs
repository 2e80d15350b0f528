//! `std::thread`, as far as the library uses it: threads of loom, with a token that keeps the promises of the documentation.
//!
//! Loom has a `park` too. But there, what the unparking thread has done is visible to the other thread at once. The
//! documentation promises it to the `park` that takes the token, and `Signal::wait` may return without a `park`.

use real_std::sync::Arc;

use loom::sync::{Condvar, Mutex};
pub(crate) use loom::thread::spawn;

/// A thread's handle.
#[derive(Clone, Default)]
pub(crate) struct Thread(Arc<Token>);

#[derive(Default)]
struct Token {
    is_there: Mutex<bool>,
    given: Condvar,
}

impl Thread {
    pub(crate) fn unpark(&self) {
        *self.0.is_there.lock().expect("no panic") = true;
        self.0.given.notify_one();
    }
}

loom::thread_local! {
    static CURRENT: Thread = Thread::default();
}

pub(crate) fn current() -> Thread {
    CURRENT.with(Thread::clone)
}

/// Waits for the token, and takes it.
pub(crate) fn park() {
    let Thread(token) = current();
    let mut is_there = token.is_there.lock().expect("no panic");
    while !*is_there {
        is_there = token.given.wait(is_there).expect("no panic");
    }
    *is_there = false;
}

/// Takes the token if it is there, as a `park_timeout` whose time is over does.
pub(crate) fn take_token() {
    *current().0.is_there.lock().expect("no panic") = false;
}
