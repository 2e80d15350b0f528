//! The first version and an async block.

// ANCHOR: unpin_child
use std::pin::Pin;

use projection::stage::pause;
use projection::v1_unpin::Counted;

fn main() {
    let child = async { pause().await };
    let _task: Pin<Box<dyn Future<Output = ((), u32)>>> = Box::pin(Counted::new(child));
}
// ANCHOR_END: unpin_child
