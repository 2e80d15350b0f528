//! What several test files need. Each of them uses a part of it.
#![allow(dead_code, reason = "every test file compiles this module for itself")]

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::task::{Context, Poll, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

/// Longer than anything needs that ends at all.
pub(crate) const PLENTY: Duration = Duration::from_secs(5);

/// How long we watch a thread that should do nothing. It never makes a correct program fail.
pub(crate) const A_MOMENT: Duration = Duration::from_millis(50);

/// How long a thread must be silent before we say that it hangs. The tests that say so don't race: the hang is certain.
pub(crate) const SILENCE: Duration = Duration::from_millis(500);

/// Starts `work` on a thread of its own; its result comes through the channel.
pub(crate) fn start<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
    let (send, result) = mpsc::channel();
    thread::spawn(move || {
        // An error means that the test has given up meanwhile.
        let _ = send.send(work());
    });
    result
}

/// The result of `work`, or `None` if there is none when `limit` is over; the thread then stays behind.
///
/// # Panics
///
/// If `work` panics.
pub(crate) fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    match start(work).recv_timeout(limit) {
        Ok(value) => Some(value),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => panic!("the work panicked"),
    }
}

/// Counts its polls, announces every pending one, and is ready when `done` is set.
pub(crate) struct Counted {
    polls: Arc<AtomicU32>,
    announce: Sender<(Waker, Thread)>,
    done: Arc<AtomicBool>,
}

/// The other end of a `Counted`.
pub(crate) struct Remote {
    polls: Arc<AtomicU32>,
    announced: Receiver<(Waker, Thread)>,
    done: Arc<AtomicBool>,
}

pub(crate) fn counted() -> (Counted, Remote) {
    let polls = Arc::new(AtomicU32::new(0));
    let done = Arc::new(AtomicBool::new(false));
    let (announce, announced) = mpsc::channel();
    let future = Counted {
        polls: Arc::clone(&polls),
        announce,
        done: Arc::clone(&done),
    };
    let remote = Remote {
        polls,
        announced,
        done,
    };
    (future, remote)
}

impl Future for Counted {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.polls.fetch_add(1, Ordering::Relaxed);
        if self.done.load(Ordering::Relaxed) {
            return Poll::Ready(());
        }
        // An error means that the remote end has given up.
        let _ = self.announce.send((cx.waker().clone(), thread::current()));
        Poll::Pending
    }
}

impl Remote {
    /// Waits for the next pending poll.
    pub(crate) fn poll(&self) -> (Waker, Thread) {
        self.announced
            .recv_timeout(PLENTY)
            .expect("the future should be polled now")
    }

    /// The number of polls so far, the ready one included.
    pub(crate) fn polls(&self) -> u32 {
        self.polls.load(Ordering::Relaxed)
    }

    /// Fails if there is a poll that nobody has asked for.
    pub(crate) fn no_poll(&self) {
        let poll = self.announced.recv_timeout(A_MOMENT);
        assert!(poll.is_err(), "a poll without a wake");
    }

    /// Relaxed, on purpose: that the poll after the wake sees it is what `block_on` has to take care of.
    pub(crate) fn finish(&self, waker: Waker) {
        self.done.store(true, Ordering::Relaxed);
        waker.wake();
    }
}

/// Blocks on a `Counted`, after `prepare` has run on the same thread. The test waits for `idle` pending polls, sees that
/// there is no further one, and finishes the future. Returns the number of all polls.
pub(crate) fn polls(block_on: fn(Counted), prepare: fn(), idle: u32) -> u32 {
    let (future, remote) = counted();
    let returned = start(move || {
        prepare();
        block_on(future);
    });
    let mut last = remote.poll();
    for _ in 1..idle {
        last = remote.poll();
    }
    remote.no_poll();
    remote.finish(last.0);
    returned.recv_timeout(PLENTY).expect("block_on returns");
    remote.polls()
}

/// A future whose output is its waker, which so outlives the call.
pub(crate) struct GiveWaker;

impl Future for GiveWaker {
    type Output = Waker;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Waker> {
        Poll::Ready(cx.waker().clone())
    }
}

/// A future that asks for a second poll, and does something else, on its thread, before it answers.
pub(crate) fn woken_during(mut meanwhile: impl FnMut()) -> impl Future<Output = ()> {
    let mut polled_before = false;
    poll_fn(move |cx| {
        if polled_before {
            return Poll::Ready(());
        }
        polled_before = true;
        cx.waker().wake_by_ref();
        meanwhile();
        Poll::Pending
    })
}
