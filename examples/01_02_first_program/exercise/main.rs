//! The reader's exercise and its tests: `cargo test -p first_program --features exercise --test exercise`.
#[path = "exercise.rs"]
mod exercise;
#[path = "tests.rs"]
mod tests;
