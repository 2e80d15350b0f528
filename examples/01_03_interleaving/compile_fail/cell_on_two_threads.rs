//! What is right between two awaits on one thread is a data race on two.

use std::cell::Cell;
use std::thread;

// ANCHOR: cell_on_two_threads
fn main() {
    let balance = Cell::new(100);
    thread::scope(|scope| {
        scope.spawn(|| balance.set(balance.get() + 20));
        scope.spawn(|| balance.set(balance.get() + 5));
    });
}
// ANCHOR_END: cell_on_two_threads
