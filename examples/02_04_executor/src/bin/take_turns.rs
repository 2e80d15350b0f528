//! Two tasks and a timer: as little as it takes to see an executor turn from one task to the other.

use std::time::Duration;

use executor::{SpawnError, executor};
// The lazy one: its first poll is always pending, however slow the machine is.
use timer_future::lazy::TimerFuture;

// ANCHOR: main
fn main() -> Result<(), SpawnError> {
    let (executor, spawner) = executor();
    spawner.spawn(async {
        TimerFuture::new(Duration::from_millis(50)).await;
        println!("task 1 has waited");
    })?;
    spawner.spawn(async {
        println!("task 2 has nothing to wait for");
    })?;
    drop(spawner);
    let report = executor.run();
    println!("{} tasks finished", report.finished);
    Ok(())
}
// ANCHOR_END: main
