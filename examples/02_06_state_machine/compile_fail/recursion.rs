//! A recursive `async fn` without a `Box`.

// ANCHOR: recursion
async fn depth(levels: u32) -> u32 {
    if levels == 0 {
        return 0;
    }
    1 + depth(levels - 1).await
}
// ANCHOR_END: recursion

fn main() {
    drop(depth(3));
}
