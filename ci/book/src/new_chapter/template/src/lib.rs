//! TODO: what this crate holds, and what it promises.

// ANCHOR: example
/// TODO: what it answers.
pub fn example() -> &'static str {
    "TODO: what the program shows"
}
// ANCHOR_END: example
