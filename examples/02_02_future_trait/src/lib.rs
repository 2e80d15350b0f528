//! Chapter 2.2: futures written by hand.
//!
//! - [`model`]: a first model of a future, with two faults that explain the real trait
//! - [`SocketRead`]: a future that waits for something outside the program
//! - [`Join`]: two futures at the same time, as one future
//! - [`AndThen`]: two futures one after the other, as one future

mod and_then;
mod join;
pub mod model;
mod socket_read;

pub use and_then::AndThen;
pub use join::Join;
pub use socket_read::{Received, SocketRead};
