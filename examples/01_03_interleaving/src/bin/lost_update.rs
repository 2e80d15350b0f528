//! Two deposits to one account. One of them gets lost, and the program ends with exit code 1.
//!
//! With the argument `repaired`, the account is read and written without an await in between.

use std::cell::Cell;
use std::process::ExitCode;

use futures::join;
use interleaving::{Clock, record};

// ANCHOR: broken
async fn deposit(clock: &Clock, balance: &Cell<u32>, name: &str, amount: u32) {
    let old = balance.get();
    record(name, format!("reads {old}"));
    // The bank has to agree, and that takes a tick.
    clock.sleep(1).await;
    balance.set(old + amount);
    record(name, format!("writes {}", old + amount));
}
// ANCHOR_END: broken

// ANCHOR: repaired
async fn repaired_deposit(clock: &Clock, balance: &Cell<u32>, name: &str, amount: u32) {
    clock.sleep(1).await;
    // From here to the end there is no await, so nobody else touches the balance.
    let old = balance.get();
    record(name, format!("reads {old}"));
    balance.set(old + amount);
    record(name, format!("writes {}", old + amount));
}
// ANCHOR_END: repaired

fn main() -> ExitCode {
    let clock = Clock::new();
    let balance = Cell::new(100);
    record("main", "has 100, and joins deposits of 20 and 5");
    match std::env::args().nth(1).as_deref() {
        None => {
            // ANCHOR: join
            clock.run(async {
                join!(
                    deposit(&clock, &balance, "ada", 20),
                    deposit(&clock, &balance, "bob", 5),
                )
            });
            // ANCHOR_END: join
        }
        Some("repaired") => {
            clock.run(async {
                join!(
                    repaired_deposit(&clock, &balance, "ada", 20),
                    repaired_deposit(&clock, &balance, "bob", 5),
                )
            });
        }
        Some(other) => panic!("no variant is called {other:?}: use repaired, or nothing"),
    }

    let balance = balance.get();
    if balance == 125 {
        record("main", "has 125, as it should be");
        ExitCode::SUCCESS
    } else {
        record("main", format!("has {balance}, and it should be 125"));
        ExitCode::FAILURE
    }
}
