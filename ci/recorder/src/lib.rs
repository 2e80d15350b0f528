//! What `cargo book record` links into the copy of a program that it records.
//!
//! The copy begins with `extern crate recorder as std;`. So `std::thread`, `std::sync::Mutex`, `std::sync::Condvar` and
//! `std::sync::mpsc` are the ones of this crate, which do what those of the standard library do and say so, and all the
//! rest of `std` is the standard library's own. Next to it are the [`probe`]s, which the tool puts into the copy.
//!
//! One thread runs at a time. Another one gets its turn when the first one waits, and time passes when all of them wait.
//! So a program whose threads only meet in what this crate knows does the same in every run, on every machine. The rules
//! are in [`schedule`](self), and what is written is said in `trace`.
//!
//! The idea of a standard library that takes the place of the real one, with a scheduler behind it, is the one of
//! [loom](https://docs.rs/loom) and [shuttle](https://docs.rs/shuttle). They look for the one order that fails; this
//! crate shows one order, step by step.

pub use ::std::*;

pub mod hint;
pub mod panic;
pub mod probe;
mod schedule;
pub mod sync;
pub mod thread;
mod trace;
