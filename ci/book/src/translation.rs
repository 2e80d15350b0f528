//! Translations: what of an edition is fresh, what is stale, and the commands that translators work with.
//!
//! English is the source. [`lock`](crate::lock) says from which English text each passage of an edition was translated;
//! [`state`] compares that with the English text of today; [`align`] finds the passages of a translation that belong to an
//! English one; [`bless`] writes what a translator has brought up to date into the lock.

pub mod align;
pub mod bless;
pub mod git;
pub mod state;
