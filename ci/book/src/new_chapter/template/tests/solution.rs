//! The solution of the exercise passes the exercise's tests.
#[path = "../exercise/solution.rs"]
mod exercise;
#[path = "../exercise/tests.rs"]
mod tests;
