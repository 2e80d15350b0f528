//! Version 4: a child that cannot be changed, for example because a library has written it.

use state_machine::page::{Renderer, v1_held};

// ANCHOR: boxed_child
/// Runs version 1 as a child, on the heap.
pub async fn session(renderer: &Renderer) -> u32 {
    Box::pin(v1_held::session(renderer)).await
}
// ANCHOR_END: boxed_child
