//! Pins the future of an `async fn` through a plain reference.

use std::pin::Pin;
use std::task::{Context, Waker};

// ANCHOR: pin_new
async fn spell(word: [u8; 3]) -> String {
    word.map(char::from).iter().collect()
}

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut future = spell(*b"tea");
    let pinned = Pin::new(&mut future);
    let _ = pinned.poll(&mut cx);
}
// ANCHOR_END: pin_new
