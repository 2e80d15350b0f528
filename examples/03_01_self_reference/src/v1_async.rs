//! Version 1: the compiler writes the future.

use self_reference::pause::pause;

// ANCHOR: spell
/// Spells a word: one letter at each poll, then the answer.
pub async fn spell(word: [u8; 3]) -> String {
    let mut spelled = String::new();
    for letter in &word {
        spelled.push(char::from(*letter));
        pause().await;
    }
    spelled
}
// ANCHOR_END: spell
