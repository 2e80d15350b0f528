//! Chapter 3.1: values that depend on their address, and how `Pin` keeps them in place.
//!
//! - [`v1_async`], [`v2_movable`] and [`v3_pinned`]: the same future three times, written by the compiler, written by hand
//!   without protection, and written by hand so that it cannot be moved
//! - [`pause`] and [`place`]: a future that waits once, and the question where a value is
//! - [`registry`]: a list of addresses, which relies on the drop guarantee

// The siblings name this crate as a reader's program would, so each of them also compiles as a file of its own.
extern crate self as self_reference;

pub mod pause;
pub mod place;
pub mod registry;
pub mod v1_async;
pub mod v2_movable;
pub mod v3_pinned;
