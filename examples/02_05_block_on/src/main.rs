//! `block_on` at work, on a future that borrows from `main` and cannot leave its thread.

use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use block_on::block_on;
use timer_future::lazy::TimerFuture;

/// Prints one event: who does it, and what it is.
fn record(actor: &str, what: &str) {
    println!("{actor:<6}  {what}");
}

/// Passes the polls on to `future`, and prints its answers.
fn recorded<F: Future>(future: F) -> impl Future<Output = F::Output> {
    let mut future = Box::pin(future);
    poll_fn(move |cx| {
        record("main", "polls the future");
        let answer = future.as_mut().poll(cx);
        match &answer {
            Poll::Pending => record("future", "answers pending"),
            Poll::Ready(_) => record("future", "answers ready"),
        }
        answer
    })
}

// ANCHOR: main
fn main() {
    let word: Rc<str> = Rc::from("unpark");
    let mut words: Vec<Rc<str>> = Vec::new();

    record("main", "blocks on the future");
    let length = block_on(recorded(async {
        record("future", "waits for a timer");
        TimerFuture::new(Duration::from_millis(20)).await;
        record("future", "continues after the timer");
        words.push(Rc::clone(&word));
        words[0].len()
    }));
    record("main", &format!("has {words:?} and the output {length}"));
}
// ANCHOR_END: main
