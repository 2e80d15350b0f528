//! The repaired `forgotten`: `block_on` runs the future, and the message is sent.

// ANCHOR: repaired
use futures::executor::block_on;

async fn send(to: &str) {
    println!("send      sends a message to {to}");
}

fn main() {
    println!("main      calls send");
    block_on(send("ada"));
    println!("main      ends");
}
// ANCHOR_END: repaired
