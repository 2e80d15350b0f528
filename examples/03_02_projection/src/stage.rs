//! A child that notices when it has been moved, and a record of what it says.

use std::cell::{Cell, RefCell};
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// A record of events. Clones write into the same record.
#[derive(Clone, Debug, Default)]
pub struct Record(Rc<RefCell<Vec<String>>>);

impl Record {
    /// Writes one line: who does it, and what it is.
    pub fn event(&self, actor: &str, what: &str) {
        self.0.borrow_mut().push(format!("{actor:<7}  {what}"));
    }

    /// All lines so far.
    pub fn lines(&self) -> Vec<String> {
        self.0.borrow().clone()
    }
}

// ANCHOR: watched
/// A child that must not move after its first poll, and that notices it if it has been moved.
///
/// It keeps its address as a number and reads nothing through it. So even the broken programs of this chapter can poll
/// it: it says that it was moved, and nothing worse happens.
pub struct Watched {
    name: &'static str,
    record: Record,
    /// How often it still answers pending.
    pending: Cell<u32>,
    /// Where it was at its first poll.
    first: Cell<Option<usize>>,
    _pinned: PhantomPinned,
}

impl Future for Watched {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<&'static str> {
        self.say_where_it_is("is polled");
        let Some(rest) = self.pending.get().checked_sub(1) else {
            return Poll::Ready(self.name);
        };
        self.pending.set(rest);
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
// ANCHOR_END: watched

impl Drop for Watched {
    fn drop(&mut self) {
        self.say_where_it_is("is dropped");
    }
}

impl Watched {
    /// A child that answers pending so many times, and is ready after that, with its name.
    pub fn new(name: &'static str, pending: u32, record: &Record) -> Self {
        Self {
            name,
            record: record.clone(),
            pending: Cell::new(pending),
            first: Cell::new(None),
            _pinned: PhantomPinned,
        }
    }

    /// The first poll writes the address down. Whatever comes later compares.
    fn say_where_it_is(&self, what: &str) {
        let address = std::ptr::from_ref(self).addr();
        let what = match self.first.get() {
            Some(first) => format!("{what} at its first address: {}", address == first),
            None if what == "is polled" => {
                self.first.set(Some(address));
                format!("{what} for the first time")
            }
            None => format!("{what}, and has never been polled"),
        };
        self.record.event(self.name, &what);
    }
}

/// Polls a future once, with a waker whose wakes interest nobody.
pub fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Answers pending once, so that an async block has something to wait for. It may move at any time.
pub fn pause() -> Pause {
    Pause { over: false }
}

/// What [`pause`] returns.
pub struct Pause {
    over: bool,
}

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.over {
            return Poll::Ready(());
        }
        self.over = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
