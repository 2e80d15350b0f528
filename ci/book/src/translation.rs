//! Translations: what of an edition is fresh, what is stale, and the commands that translators work with.
//!
//! English is the source. [`lock`](crate::lock) says from which English text each passage of an edition was translated;
//! [`state`] compares that with the English text of today; [`align`] finds the passages of a translation that belong to an
//! English one; [`bless`] makes fresh in the lock what a translator has brought up to date. [`desk`] has all of it at hand for
//! the commands: [`status`] with what to do next, [`start`], [`diff`], [`rename`].

pub mod align;
pub mod bless;
pub mod command;
pub mod desk;
pub mod diff;
pub mod git;
pub mod rename;
pub mod start;
pub mod state;
pub mod status;
