//! The solution of the exercise passes the tests of the exercise.

#[path = "../exercise/solution.rs"]
mod exercise;
#[path = "../exercise/tests.rs"]
mod tests;
