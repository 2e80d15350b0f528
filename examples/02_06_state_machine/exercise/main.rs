//! The exercise "shrink a future": what the reader edits, and the tests that it must pass.
#[path = "exercise.rs"]
mod exercise;
#[path = "tests.rs"]
mod tests;
