//! One future, one thread: [`block_on`] polls a future on the current thread, and parks the thread while there is
//! nothing to poll.
//!
//! Two versions stand side by side, and the difference between them is the lesson:
//!
//! - [`v1_park`] trusts the thread's token alone. It loses a wake when other code on the thread takes the token.
//! - [`v2_flag`] remembers a wake in a flag of its own. It is the one to use, and [`block_on`] is it.

pub mod v1_park;
pub mod v2_flag;

pub use v2_flag::block_on;
