//! Polls two children until both are ready, and asks one of them once too often.
//!
//! The program is broken on purpose. It ends by itself: the second poll of `left` panics, and the exit code is 101.

use std::task::Poll;

use future_trait::model::{ModelFuture, PollBoth};

/// Answers `Pending` a number of times, then `Ready`, and panics when it is asked again.
struct Child {
    name: &'static str,
    /// How many polls still answer `Pending`. `None` after the answer `Ready`.
    pending: Option<u32>,
}

impl ModelFuture for Child {
    type Output = &'static str;

    fn poll(&mut self, wake: fn()) -> Poll<&'static str> {
        match self.pending {
            Some(0) => {
                self.pending = None;
                record(self.name, "answers: ready");
                Poll::Ready(self.name)
            }
            Some(count) => {
                self.pending = Some(count - 1);
                record(self.name, "answers: pending");
                // This child waits for nothing: it can be polled again at once.
                wake();
                Poll::Pending
            }
            None => panic!("{} is polled after it was ready", self.name),
        }
    }
}

fn main() {
    // The usual message goes to stderr and names the thread by a number that changes from run to run.
    std::panic::set_hook(Box::new(|panic| {
        record(
            "panic",
            panic.payload_as_str().unwrap_or("without a message"),
        );
    }));

    let mut both = PollBoth {
        left: Child {
            name: "left",
            pending: Some(0),
        },
        right: Child {
            name: "right",
            pending: Some(1),
        },
    };
    loop {
        record("main", "polls both");
        // The callback does nothing: this program polls again at once, whether it is called or not.
        match both.poll(|| ()) {
            Poll::Pending => record("both", "answers: pending"),
            Poll::Ready(_) => break record("both", "answers: ready"),
        }
    }
}

fn record(actor: &str, what: &str) {
    println!("{actor:<8}  {what}");
}
