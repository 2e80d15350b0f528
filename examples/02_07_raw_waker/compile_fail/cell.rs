//! A waker may be used from several threads at once, so its closure must be `Sync`.

use std::cell::Cell;

use raw_waker::v2_counted::waker;

// ANCHOR: cell
fn main() {
    let wakes = Cell::new(0);
    let waker = waker(move || wakes.set(wakes.get() + 1));
    waker.wake();
}
// ANCHOR_END: cell
