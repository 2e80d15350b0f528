//! `block_on` at work: a timer, and then a future that borrows from `main` and can't leave its thread.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::mpsc;
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

use block_on::block_on;
use timer_future::lazy;

/// Prints one event: who does it, and what it is.
fn record(actor: &str, what: &str) {
    println!("{actor:<6}  {what}");
}

// ANCHOR: timer
/// Blocks on a timer, and records each poll.
fn wait_for_timer() {
    // The lazy timer counts from its first poll, so the first poll always answers pending.
    let mut timer = lazy::TimerFuture::new(Duration::from_millis(20));
    block_on(poll_fn(|cx| {
        let answer = Pin::new(&mut timer).poll(cx);
        let what = if answer.is_ready() {
            "ready"
        } else {
            "pending"
        };
        record("timer", &format!("is polled: {what}"));
        answer
    }));
}
// ANCHOR_END: timer

// ANCHOR: borrow
/// Blocks on a future that borrows a list, counts with an `Rc`, and is woken by another thread.
fn wait_for_word(lend: &mpsc::Sender<Waker>, inbox: &mpsc::Receiver<&'static str>) {
    let mut words = vec!["park"];
    let polls = Rc::new(Cell::new(0));
    block_on(poll_fn(|cx| {
        polls.set(polls.get() + 1);
        let Ok(word) = inbox.try_recv() else {
            record("future", "is polled: no word yet, lends its waker");
            lend.send(cx.waker().clone())
                .expect("the helper waits for a waker");
            return Poll::Pending;
        };
        record("future", "is polled: a word is there");
        words.push(word);
        Poll::Ready(())
    }));
    record(
        "main",
        &format!("has {words:?} after {} polls", polls.get()),
    );
}
// ANCHOR_END: borrow

fn main() {
    record("main", "blocks on a timer");
    wait_for_timer();

    let (lend, lent) = mpsc::channel::<Waker>();
    let (send, inbox) = mpsc::channel();
    let helper = thread::spawn(move || {
        let waker = lent.recv().expect("the future lends its waker");
        record("helper", "sends a word and wakes the task");
        send.send("unpark").expect("main keeps the inbox");
        waker.wake();
    });

    record("main", "blocks on a future that borrows its list");
    wait_for_word(&lend, &inbox);
    helper.join().expect("the helper does not panic");
}
