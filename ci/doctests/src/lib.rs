//! Every Rust block of the English book, as the doctests of one crate.
//!
//! The build script expands the chapters and writes a module for each block, named by its chapter and line. A test's name
//! is therefore the address of its block: `ch02_execution::ch03_wakeups::line_32`. In edition 2024, rustdoc merges the
//! blocks into one test binary. Translations show the same blocks (`cargo book check` proves it), so they are not
//! compiled again.

include!(concat!(env!("OUT_DIR"), "/blocks.rs"));
