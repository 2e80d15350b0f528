//! Uses a future after `pin!` has moved it.

use std::pin::pin;

async fn spell(word: [u8; 3]) -> String {
    word.map(char::from).iter().collect()
}

fn main() {
    let tea = spell(*b"tea");
    let pinned = pin!(tea);
    let moved = tea;
    drop((pinned, moved));
}
