//! Broken: like `forgotten`, but the compiler says nothing, because `let _` tells it that we want it so.
//!
//! Clippy does see it. It is told to expect its finding, and would complain if it had none.
#![expect(
    clippy::let_underscore_future,
    reason = "the bug that the chapter shows"
)]

// ANCHOR: silent
async fn send(to: &str) -> Result<(), String> {
    println!("send      sends a message to {to}");
    Ok(())
}

fn main() {
    println!("main      calls send, whatever comes of it");
    let _ = send("ada");
    println!("main      ends");
}
// ANCHOR_END: silent
