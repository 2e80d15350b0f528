//! TODO: what this is, and what is wrong with it.
//!
//! TODO: what to do. The tests beside this file say what must hold; do not edit them.
//! Run: `cargo book exercise %NUMBER%`

/// TODO: what it answers.
pub(crate) fn answer(question: u32) -> u32 {
    question
}
