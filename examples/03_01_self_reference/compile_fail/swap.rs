//! Swaps two futures behind pinned references.

use std::mem;
use std::pin::pin;

async fn spell(word: [u8; 3]) -> String {
    word.map(char::from).iter().collect()
}

// ANCHOR: swap
fn main() {
    let tea = pin!(spell(*b"tea"));
    let ink = pin!(spell(*b"ink"));
    mem::swap(&mut *tea, &mut *ink);
}
// ANCHOR_END: swap
