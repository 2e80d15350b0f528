//! Returns a reference to a future that is pinned in the function.

use std::pin::{Pin, pin};

async fn spell(word: [u8; 3]) -> String {
    word.map(char::from).iter().collect()
}

// ANCHOR: returned
fn pinned<'a>() -> Pin<&'a mut impl Future<Output = String>> {
    pin!(spell(*b"tea"))
}

fn main() {
    pinned();
}
// ANCHOR_END: returned
