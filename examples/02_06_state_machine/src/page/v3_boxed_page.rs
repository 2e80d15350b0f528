//! Version 3: the page is on the heap, for a session that needs it after the `.await`.

use state_machine::page::{PAGE, Renderer, checksum, confirmation};

// ANCHOR: boxed_page
/// Renders a page, and returns its checksum when the client has confirmed.
pub async fn session(renderer: &Renderer) -> u32 {
    let mut page = vec![0; PAGE];
    renderer.render(&mut page);
    confirmation().await;
    checksum(&page)
}
// ANCHOR_END: boxed_page
