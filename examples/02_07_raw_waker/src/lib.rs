//! A waker is a pointer and a table of four functions. Three versions make both by hand:
//!
//! - [`v1_static`] points to a static, which nobody has to free.
//! - [`v2_counted`] points to a block on the heap, and counts its owners itself.
//! - [`v3_arc`] points into an `Arc`, and leaves the counting to it. The trait `Wake` works like this, too.

pub mod v1_static;
pub mod v2_counted;
pub mod v3_arc;
