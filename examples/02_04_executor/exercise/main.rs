//! The exercise "N wakes cost one poll": what the reader edits, and the tests that it must pass.
#[path = "exercise.rs"]
mod exercise;
#[path = "tests.rs"]
mod tests;
