//! Version 1: the page is in the future while it waits.

use state_machine::page::{PAGE, Renderer, checksum, confirmation};

// ANCHOR: held
/// Renders a page, and returns its checksum when the client has confirmed.
pub async fn session(renderer: &Renderer) -> u32 {
    let mut page = [0; PAGE];
    renderer.render(&mut page);
    let sum = checksum(&page);
    confirmation().await;
    sum
}
// ANCHOR_END: held
