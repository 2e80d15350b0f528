//! Chapter 2.6: what the compiler makes of an `async fn`, and why a future is large.
//!
//! - [`v1_async`] and [`v2_enum`]: the same future twice, written by the compiler and written by hand
//! - [`stage`]: the scripted client that both talk to, and a record of all that happens
//! - [`page`]: sessions that use 16 KiB, and futures that keep them or do not
//! - [`counting`]: an allocator that counts the bytes in use

// The siblings name this crate as a reader's program would, so each of them also compiles as a file of its own.
extern crate self as state_machine;

pub mod counting;
pub mod page;
pub mod stage;
pub mod v1_async;
pub mod v2_enum;
