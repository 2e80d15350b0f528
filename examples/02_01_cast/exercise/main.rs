//! The exercise of chapter 2.1. Edit `exercise.rs`; this file only puts it beside its tests.

#[path = "exercise.rs"]
mod exercise;
#[path = "tests.rs"]
mod tests;
