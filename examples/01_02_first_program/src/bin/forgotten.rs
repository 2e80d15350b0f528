//! Broken: the future that `send` returns is forgotten, and nothing is sent.
//!
//! The compiler warns. The warning is a part of the chapter, so only Clippy, which our checks run, is told to expect it.
#![cfg_attr(
    clippy,
    expect(unused_must_use, reason = "the bug that the chapter shows")
)]

// ANCHOR: forgotten
async fn send(to: &str) {
    println!("send      sends a message to {to}");
}

fn main() {
    println!("main      calls send");
    send("ada");
    println!("main      ends");
}
// ANCHOR_END: forgotten
