use std::future::ready;

use future_trait::Join;

// ANCHOR: join_async_block
fn run(_future: impl Future) {}

fn main() {
    let by_the_compiler = async { 7 };
    run(Join::new(by_the_compiler, ready(8)));
}
// ANCHOR_END: join_async_block
