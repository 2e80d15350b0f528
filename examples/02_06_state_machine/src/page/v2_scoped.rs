//! Version 2: the page's scope ends before the `.await`.

use state_machine::page::{PAGE, Renderer, checksum, confirmation};

// ANCHOR: scoped
/// Renders a page, and returns its checksum when the client has confirmed.
pub async fn session(renderer: &Renderer) -> u32 {
    let sum = {
        let mut page = [0; PAGE];
        renderer.render(&mut page);
        checksum(&page)
    };
    confirmation().await;
    sum
}
// ANCHOR_END: scoped
