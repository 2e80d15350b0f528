//! What several tests count with.

// Each test file compiles this module for itself, and none of them uses all of it.
#![allow(dead_code)]

use std::pin::Pin;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Wake, Waker};

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
    let output = Command::new(program)
        .output()
        .expect("the program can be started");
    assert!(output.status.success(), "{}", output.status);
    String::from_utf8(output.stdout)
        .expect("the program prints UTF-8")
        .lines()
        .map(|line| {
            let (actor, what) = line.split_once("  ").expect("two columns");
            (actor.to_owned(), what.trim_start().to_owned())
        })
        .collect()
}
