//! The exercise of chapter 1.3. Edit `exercise.rs`; this file only puts it beside its tests.

#[path = "exercise.rs"]
mod exercise;
#[path = "tests.rs"]
mod tests;
