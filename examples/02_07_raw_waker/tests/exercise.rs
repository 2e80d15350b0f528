//! The reader's exercise. `cargo book exercise 02_07` makes exercise.rs from start.rs, and runs this.
#[rustfmt::skip] // The reader's file is formatted by the reader.
#[path = "../exercise/exercise.rs"]
mod exercise;
#[path = "../exercise/tests.rs"]
mod tests;
