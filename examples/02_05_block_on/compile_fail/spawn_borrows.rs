//! A spawned future must own what it uses: it runs later than the line that spawns it.

use std::future::poll_fn;
use std::task::Poll;

// ANCHOR: spawn_borrows
fn main() {
    let (executor, spawner) = executor::executor();
    let mut words = vec!["park"];
    let _ = spawner.spawn(poll_fn(|_| {
        words.push("unpark");
        Poll::Ready(())
    }));
    drop(spawner);
    let _ = executor.run();
}
// ANCHOR_END: spawn_borrows
