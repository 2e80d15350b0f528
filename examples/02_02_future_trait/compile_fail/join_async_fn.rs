use std::future::ready;

use future_trait::Join;

// ANCHOR: join_async_fn
fn run(_future: impl Future) {}

async fn seven() -> i32 {
    7
}

fn main() {
    run(Join::new(seven(), ready(8)));
}
// ANCHOR_END: join_async_fn
