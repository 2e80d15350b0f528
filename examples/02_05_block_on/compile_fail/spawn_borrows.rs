//! A spawned future must own what it uses: it may run after the function that spawned it has returned.

// ANCHOR: spawn_borrows
fn main() {
    let (executor, spawner) = executor::executor();
    let mut words = Vec::new();
    let _ = spawner.spawn(async {
        words.push("unpark");
    });
    drop(spawner);
    let _ = executor.run();
}
// ANCHOR_END: spawn_borrows
