//! Ten stray unparks, then one wake: how often does each version poll?

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

// ANCHOR: counted
/// Counts its polls, announces each of them, and is ready when somebody has set `done`.
struct Counted {
    polls: Arc<AtomicU32>,
    announce: Sender<Waker>,
    done: Arc<AtomicBool>,
}

impl Future for Counted {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.polls.fetch_add(1, Ordering::Relaxed);
        if self.done.load(Ordering::Relaxed) {
            return Poll::Ready(());
        }
        // The stranger may have gone already; then nobody needs to hear of this poll.
        let _ = self.announce.send(cx.waker().clone());
        Poll::Pending
    }
}
// ANCHOR_END: counted

// ANCHOR: stranger
/// Blocks on a `Counted`, while another thread disturbs this one. `settle` waits for what an unpark has caused.
fn run(name: &'static str, block_on: fn(Counted), settle: fn(&Receiver<Waker>)) {
    let polls = Arc::new(AtomicU32::new(0));
    let done = Arc::new(AtomicBool::new(false));
    let (announce, announced) = mpsc::channel();
    let future = Counted {
        polls: Arc::clone(&polls),
        announce,
        done: Arc::clone(&done),
    };

    let thread = thread::current();
    let stranger = thread::spawn(move || {
        let waker = announced
            .recv()
            .expect("the future announces its first poll");
        for _ in 0..10 {
            thread.unpark();
            settle(&announced);
        }
        record("stranger", "has unparked the thread 10 times");
        record(
            name,
            &format!("polls so far: {}", polls.load(Ordering::Relaxed)),
        );
        record("stranger", "makes the future ready and wakes its task");
        done.store(true, Ordering::Relaxed);
        waker.wake();
        polls
    });

    block_on(future);
    let polls = stranger.join().expect("the stranger does not panic");
    record(
        name,
        &format!("returns, polls in all: {}", polls.load(Ordering::Relaxed)),
    );
}
// ANCHOR_END: stranger

// ANCHOR: main
fn main() {
    // Version 1 answers each unpark with a poll: wait for it, or two unparks leave one token between them.
    run("v1_park", v1_park::block_on, |announced| {
        announced
            .recv()
            .expect("version 1 polls after every unpark");
    });
    // Version 2 answers with nothing, and nothing can't be waited for: give it a moment to be wrong.
    run("v2_flag", v2_flag::block_on, |announced| {
        let _ = announced.recv_timeout(Duration::from_millis(20));
    });
}
// ANCHOR_END: main
