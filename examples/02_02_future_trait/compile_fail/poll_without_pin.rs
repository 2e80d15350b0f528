use std::task::Context;

use future_trait::SocketRead;

fn main() {}

// ANCHOR: poll_without_pin
fn ask(mut read: SocketRead, cx: &mut Context<'_>) -> bool {
    read.poll(cx).is_ready()
}
// ANCHOR_END: poll_without_pin
