//! The same work done twice: many waiters, each a thread in [`threads()`] and each a task in [`tasks()`].
//!
//! A waiter waits for one number on a channel of its own, and adds it to a sum. Both functions tell their caller three
//! [`Moment`]s, and the module [`measure`] looks at the clock and at the memory then.

pub mod measure;
mod memory;
mod waiters;

pub use waiters::{DEFAULT_STACK_KIB, Moment, Refused, tasks, threads};
