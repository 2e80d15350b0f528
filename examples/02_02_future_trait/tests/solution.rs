//! The tests of the exercise accept the solution.
#[path = "../exercise/solution.rs"]
mod exercise;
#[path = "../exercise/tests.rs"]
mod tests;
