//! What the tests share: futures under remote control, and a run that passes panics on.
#![allow(dead_code, reason = "each test file uses the part that it needs")]

use std::future::poll_fn;
use std::mem;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use executor::{Executor, Report};

/// Runs the executor, and lets a panic of any task fail the test. An assertion inside a task would be
/// lost otherwise.
pub(crate) fn run(executor: Executor) -> usize {
    let Report { finished, panics } = report(executor);
    match panics.into_iter().next() {
        Some(panic) => resume_unwind(panic),
        None => finished,
    }
}

/// Runs the executor on a thread of its own, so that a lost wake fails the test, and does not hang it.
///
/// The limit is no part of what is tested: a correct run never meets it.
pub(crate) fn report(executor: Executor) -> Report {
    let (done, result) = mpsc::channel();
    let thread = thread::spawn(move || done.send(executor.run()));
    match result.recv_timeout(Duration::from_secs(20)) {
        Ok(report) => report,
        Err(RecvTimeoutError::Timeout) => panic!("`run` has not returned: a wake was lost"),
        Err(RecvTimeoutError::Disconnected) => match thread.join() {
            Err(panic) => resume_unwind(panic),
            Ok(_) => unreachable!("the thread sends its report before it ends"),
        },
    }
}

/// A future that counts its polls, and is pending until the test says otherwise.
pub(crate) struct Probe(Arc<State>);

/// The test's side of a [`Probe`]: it stays usable when the probe has been dropped.
#[derive(Clone)]
pub(crate) struct Remote(Arc<State>);

#[derive(Default)]
struct State {
    polls: AtomicUsize,
    ready: AtomicBool,
    dropped: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

pub(crate) fn probe() -> (Probe, Remote) {
    let state = Arc::new(State::default());
    (Probe(Arc::clone(&state)), Remote(state))
}

impl Future for Probe {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.polls.fetch_add(1, Ordering::SeqCst);
        *self.0.waker.lock().unwrap() = Some(cx.waker().clone());
        match self.0.ready.load(Ordering::SeqCst) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        self.0.dropped.store(true, Ordering::SeqCst);
    }
}

impl Remote {
    pub(crate) fn polls(&self) -> usize {
        self.0.polls.load(Ordering::SeqCst)
    }

    pub(crate) fn is_dropped(&self) -> bool {
        self.0.dropped.load(Ordering::SeqCst)
    }

    /// Lets the next poll answer ready.
    pub(crate) fn make_ready(&self) {
        self.0.ready.store(true, Ordering::SeqCst);
    }

    /// The waker of the latest poll.
    pub(crate) fn waker(&self) -> Waker {
        let waker = self.0.waker.lock().unwrap().clone();
        waker.expect("the probe has been polled")
    }

    pub(crate) fn wake(&self) {
        self.waker().wake();
    }

    /// Gives up the stored waker.
    pub(crate) fn forget_waker(&self) {
        let waker = self.0.waker.lock().unwrap().take();
        drop(waker);
    }
}

/// Goes to the end of the ready queue, once.
pub(crate) async fn yield_now() {
    let mut yielded = false;
    poll_fn(|cx| match mem::replace(&mut yielded, true) {
        true => Poll::Ready(()),
        false => {
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await;
}

/// Lines that tasks write, in the order in which they write them.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<&'static str>>>);

impl Log {
    pub(crate) fn write(&self, line: &'static str) {
        self.0.lock().unwrap().push(line);
    }

    pub(crate) fn lines(&self) -> Vec<&'static str> {
        self.0.lock().unwrap().clone()
    }
}
