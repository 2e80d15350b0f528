//! Chapter 3.2: a wrapper future holds another future in a field, and polls it there.
//!
//! The same wrapper, `Counted`, five times:
//!
//! - [`v1_unpin`]: only for children that may move
//! - [`v2_boxed`]: its child is on the heap
//! - [`v3_one_field`]: by hand, a function for each field
//! - [`v4_both_fields`]: by hand, one function for both fields
//! - [`v5_macro`]: with `pin-project-lite`
//!
//! And what else can be built in this way:
//!
//! - [`fused`]: a child in an `Option`, dropped in its place
//! - [`join`]: an enum around a child, and the `Join` of chapter 2.2 for every child
//! - [`stage`]: a child that notices when it has been moved, and a record of what it says
//! - [`counting`]: an allocator that counts

// The siblings name this crate as a reader's program would, so each of them also compiles as a file of its own.
extern crate self as projection;

pub mod counting;
pub mod fused;
pub mod join;
pub mod stage;
pub mod v1_unpin;
pub mod v2_boxed;
pub mod v3_one_field;
pub mod v4_both_fields;
pub mod v5_macro;
