//! The reader's exercise. `cargo book exercise %NUMBER%` makes `exercise.rs` from `start.rs`, and runs this.
#[rustfmt::skip] // It is formatted by the reader, and not there before the reader begins.
#[path = "../exercise/exercise.rs"]
mod exercise;
#[path = "../exercise/tests.rs"]
mod tests;
