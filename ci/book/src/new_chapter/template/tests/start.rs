//! The exercise as the reader gets it. `cargo book` runs it, to see that it fails for the reason in `fails.toml`.
#[path = "../exercise/start.rs"]
mod exercise;
#[path = "../exercise/tests.rs"]
mod tests;
