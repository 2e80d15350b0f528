//! Break it: a task that blocks its thread stops every other task of the executor.
//!
//! The first task waits for a letter as a thread would. So the second one, which would send it, is
//! not polled. A time limit ends the wait; however long it is, the lines stay the same.

use std::sync::mpsc;
use std::time::Duration;

fn main() -> Result<(), executor::SpawnError> {
    let (executor, spawner) = executor::executor();
    let (sender, letters) = mpsc::channel();

    // ANCHOR: blocks
    spawner.spawn(async move {
        record("task 1", "blocks the thread until a letter comes");
        if letters.recv_timeout(Duration::from_millis(100)).is_err() {
            record("task 1", "gives up: no letter has come");
        }
    })?;
    spawner.spawn(async move {
        record(
            "task 2",
            "is polled for the first time, and sends the letter",
        );
        let _ = sender.send("letter");
    })?;
    // ANCHOR_END: blocks

    drop(spawner);
    assert!(executor.run().panics.is_empty());
    Ok(())
}

fn record(actor: &str, what: &str) {
    println!("{actor:<8}  {what}");
}
