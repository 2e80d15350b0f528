//! Two loops that can end well only if each of them runs while the other one does.
//!
//! Without an argument they are joined on one thread, they do not meet, and the exit code is 1. With
//! `threads`, each has a thread of its own.

use std::process::ExitCode;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use futures::join;
use interleaving::{Clock, record};

// ANCHOR: meet
/// Greets the other one, and then looks for a greeting, but not more often than `at_most` times.
fn meet(to_other: Sender<()>, from_other: Receiver<()>, at_most: u64) -> bool {
    // An error says that the other one has given up already.
    let _ = to_other.send(());
    (0..at_most).any(|_| from_other.try_recv().is_ok())
}
// ANCHOR_END: meet

fn main() -> ExitCode {
    let (to_ada, ada_receives) = channel();
    let (to_bob, bob_receives) = channel();
    let met = match std::env::args().nth(1).as_deref() {
        None => {
            record("main", "joins ada and bob on one thread");
            // ANCHOR: joined
            let ada = async { meet(to_bob, ada_receives, 1_000) };
            let bob = async { meet(to_ada, bob_receives, 1_000) };
            Clock::new().run(async { join!(ada, bob) })
            // ANCHOR_END: joined
        }
        Some("threads") => {
            record("main", "gives ada and bob a thread each");
            // ANCHOR: threads
            let ada = thread::spawn(|| meet(to_bob, ada_receives, u64::MAX));
            let bob = thread::spawn(|| meet(to_ada, bob_receives, u64::MAX));
            (ada.join().expect("no panic"), bob.join().expect("no panic"))
            // ANCHOR_END: threads
        }
        Some(other) => panic!("no variant is called {other:?}: use threads, or nothing"),
    };
    // Told afterwards, because two threads could tell it in either order.
    for (name, other, has_met) in [("ada", "bob", met.0), ("bob", "ada", met.1)] {
        if has_met {
            record(name, format!("has a greeting from {other}"));
        } else {
            record(name, format!("looks 1000 times for {other}, and gives up"));
        }
    }
    if met == (true, true) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
