//! A future that is woken while, inside its `poll`, other code waits on the same thread.
//!
//! Without an argument it runs version 1, which never polls the outer future again: the watchdog ends the program
//! with exit code 1. With the argument `v2` it runs version 2, and ends with exit code 0.

use std::env;
use std::pin::Pin;
use std::process;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use block_on::{v1_park, v2_flag};

/// Prints one event: who does it, and what it is.
fn record(actor: &str, what: &str) {
    println!("{actor:<8}  {what}");
}

/// Asks to be polled a second time, and is ready then.
#[derive(Default)]
struct Inner {
    polled_before: bool,
}

impl Future for Inner {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.polled_before {
            record("inner", "is polled again, answers ready");
            return Poll::Ready(());
        }
        self.polled_before = true;
        record("inner", "is polled, wakes its task, answers pending");
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

// ANCHOR: outer
/// Like `Inner`, but between its wake and its answer it blocks on an `Inner`.
struct Outer {
    polled_before: bool,
    block_on: fn(Inner),
}

impl Future for Outer {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.polled_before {
            record("outer", "is polled again, answers ready");
            return Poll::Ready(());
        }
        self.polled_before = true;
        record("outer", "is polled, wakes its task");
        cx.waker().wake_by_ref();
        record("outer", "calls block_on for the inner future");
        (self.block_on)(Inner::default());
        record("outer", "answers pending: it has been woken already");
        Poll::Pending
    }
}
// ANCHOR_END: outer

/// Ends the program if the sender it returns is still there after two seconds.
///
/// Two seconds are far more than the program needs, so that only a thread that waits forever is reported.
fn watchdog() -> mpsc::Sender<()> {
    let (alive, ended) = mpsc::channel();
    thread::spawn(move || {
        if ended.recv_timeout(Duration::from_secs(2)) == Err(RecvTimeoutError::Timeout) {
            record("watchdog", "sees no event any more, ends the program");
            process::exit(1);
        }
    });
    alive
}

/// Blocks on the outer future with one version, which is also the one that the outer future calls.
fn run(name: &str, outer: fn(Outer), inner: fn(Inner)) {
    record("main", &format!("blocks on the outer future with {name}"));
    outer(Outer {
        polled_before: false,
        block_on: inner,
    });
    record("main", "has the thread back");
}

fn main() {
    let _alive = watchdog();
    match env::args().nth(1).as_deref() {
        Some("v2") => run("v2_flag", v2_flag::block_on, v2_flag::block_on),
        _ => run("v1_park", v1_park::block_on, v1_park::block_on),
    }
}
