//! What several tests count with.

// Each test file compiles this module for itself, and none of them uses all of it.
#![allow(dead_code)]

use std::io::Read;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, mpsc};
use std::task::{Wake, Waker};
use std::thread;
use std::time::Duration;

/// A broken program of this chapter waits forever. The tests do not: this is far longer than any of
/// them needs, and no assertion depends on it.
const BOUND: Duration = Duration::from_secs(10);

/// Runs a test's body on a thread of its own, so that a body that never ends is a failure.
#[track_caller]
pub(crate) fn bounded(body: impl FnOnce() + Send + 'static) {
    let (ended, end) = mpsc::channel::<()>();
    let thread = thread::spawn(move || {
        let _ended = ended;
        body();
    });
    match end.recv_timeout(BOUND) {
        Err(RecvTimeoutError::Timeout) => {
            panic!("waits forever: nobody wakes a task that is needed")
        }
        // The body has ended, well or with a panic.
        Ok(()) | Err(RecvTimeoutError::Disconnected) => {
            if let Err(panic) = thread.join() {
                resume_unwind(panic);
            }
        }
    }
}

/// Runs a program of this crate, and gives what it prints.
#[track_caller]
pub(crate) fn printed_by(program: &str) -> String {
    let mut child = Command::new(program)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program can be started");
    let mut stdout = child.stdout.take().expect("it is piped");
    let (ended, end) = mpsc::channel();
    thread::spawn(move || {
        let mut text = String::new();
        let read = stdout.read_to_string(&mut text).map(|_| text);
        let _ = ended.send(read);
    });
    let Ok(text) = end.recv_timeout(BOUND) else {
        child.kill().expect("it is still running");
        panic!("{program} does not end");
    };
    let status = child.wait().expect("it has been started");
    let text = text.expect("the program prints UTF-8");
    assert!(status.success(), "{status}, after it printed:\n{text}");
    text
}

/// Counts how often its waker is woken.
pub(crate) struct Wakes(AtomicUsize);

impl Wakes {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self(AtomicUsize::new(0)))
    }

    pub(crate) fn waker(self: &Arc<Self>) -> Waker {
        Waker::from(Arc::clone(self))
    }

    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// The same future, and the number of times that it has been polled.
pub(crate) fn polled<F: Future + 'static>(
    future: F,
) -> (impl Future<Output = F::Output> + 'static, Arc<AtomicUsize>) {
    let polls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&polls);
    let mut future: Pin<Box<F>> = Box::pin(future);
    let counted = std::future::poll_fn(move |context| {
        counter.fetch_add(1, Ordering::SeqCst);
        future.as_mut().poll(context)
    });
    (counted, polls)
}

/// The lines that a program prints: who acts, and what it does.
pub(crate) fn recorded_run(program: &str) -> Vec<(String, String)> {
    printed_by(program)
        .lines()
        .map(|line| {
            // At least two spaces stand between the columns; "task 1" has only one inside.
            let (actor, what) = line.split_once("  ").expect("two columns");
            (actor.to_owned(), what.trim_start().to_owned())
        })
        .collect()
}
