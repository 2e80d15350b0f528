//! Polls the same future twice, once written by the compiler and once by hand, and compares what happened.

use state_machine::stage::{Step, run};
use state_machine::{v1_async, v2_enum};

/// Prints one event: who does it, and what it is.
fn record(actor: &str, what: &str) {
    println!("{actor:<7}  {what}");
}

/// Plays `steps` for both versions, and prints what happened. The second run is printed only where it differs.
fn compare(steps: &[Step], polls: usize) {
    let compiled = run(steps, polls, v1_async::answer);
    let by_hand = run(steps, polls, v2_enum::answer);
    for line in &compiled {
        println!("{line}");
    }
    if by_hand == compiled {
        let lines = by_hand.len();
        record(
            "main",
            &format!("gets the same {lines} lines from the enum"),
        );
    } else {
        record("main", &format!("gets from the enum: {by_hand:#?}"));
    }
}

fn main() {
    record("main", "lets the client send one line in two pieces");
    compare(
        &[
            Step::Piece("t"),
            Step::Wait,
            Step::Piece("ea\n"),
            Step::Wait,
            Step::Sent,
        ],
        usize::MAX,
    );
    record(
        "main",
        "drops the future when it waits for the second piece",
    );
    compare(&[Step::Piece("t"), Step::Wait], 1);
}
