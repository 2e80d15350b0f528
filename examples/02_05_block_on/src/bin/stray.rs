//! Ten stray unparks, then one wake: how often does each version poll?
//!
//! With a number behind `--`, there are so many unparks.

use std::env;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use block_on::{v1_park, v2_flag};

/// Prints one event: who does it, and what it is.
fn record(actor: &str, what: &str) {
    println!("{actor:<8}  {what}");
}

/// What the future and the stranger both see.
#[derive(Default)]
struct Shared {
    polls: AtomicU32,
    ready: AtomicBool,
}

impl Shared {
    fn record_polls(&self, version: &str) {
        let polls = self.polls.load(Ordering::Relaxed);
        record(version, &format!("polls until now: {polls}"));
    }
}

/// Counts its polls, announces every pending one, and is ready when `ready` is set.
struct Counted {
    shared: Arc<Shared>,
    announce: Sender<Waker>,
}

impl Future for Counted {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.shared.polls.fetch_add(1, Ordering::Relaxed);
        if self.shared.ready.load(Ordering::Relaxed) {
            return Poll::Ready(());
        }
        // An error means that the stranger has finished, and needs no announcement any more.
        let _ = self.announce.send(cx.waker().clone());
        Poll::Pending
    }
}

/// Blocks on a `Counted` while a stranger disturbs the thread. `settle` waits for what an unpark has caused.
fn run(version: &'static str, unparks: u32, block_on: fn(Counted), settle: fn(&Receiver<Waker>)) {
    let shared = Arc::new(Shared::default());
    let (announce, announced) = mpsc::channel();
    let future = Counted {
        shared: Arc::clone(&shared),
        announce,
    };
    let blocked = thread::current();

    // ANCHOR: stranger
    let stranger = thread::spawn(move || {
        let waker = announced.recv().expect("the first poll announces itself");
        for _ in 0..unparks {
            blocked.unpark();
            settle(&announced);
        }
        record(
            "stranger",
            &format!("has unparked the thread {unparks} times"),
        );
        shared.record_polls(version);
        record("stranger", "makes the future ready and wakes its task");
        shared.ready.store(true, Ordering::Relaxed);
        waker.wake();
        shared
    });
    // ANCHOR_END: stranger

    block_on(future);
    let shared = stranger.join().expect("the stranger does not panic");
    shared.record_polls(version);
}

fn main() {
    let unparks = env::args().nth(1).map_or(10, |number| {
        number.parse().expect("the number of unparks, or nothing")
    });
    // Version 1 answers each unpark with a poll: wait for it, or two unparks leave one token between them.
    run("v1_park", unparks, v1_park::block_on, |announced| {
        announced
            .recv()
            .expect("version 1 polls after every unpark");
    });
    // Version 2 answers with nothing, and nothing can't be waited for: give it a moment to be wrong.
    run("v2_flag", unparks, v2_flag::block_on, |announced| {
        let _ = announced.recv_timeout(Duration::from_millis(20));
    });
}
