//! Predict what 100,000 waiters cost. The tests measure it, on your machine, and compare.
//!
//! A prediction is a range, `lowest..=highest`. The highest number may be at most twice the lowest one.
//! Work with the figures of 10,000 waiters: the chapter's, or better your own. The tests beside this file do not say
//! the right number; do not edit them. Run: `cargo book exercise 01_01`

use std::ops::RangeInclusive;

/// How much resident memory do 100,000 tasks take while they wait, in MiB?
pub(crate) const TASKS_MIB: RangeInclusive<u64> = 0..=0;

/// How much resident memory would 100,000 threads take while they wait, in MiB?
///
/// The test starts 1,000 threads and multiplies, so that it does not harm your machine.
pub(crate) const THREADS_MIB: RangeInclusive<u64> = 0..=0;

/// A process that may have 4 GiB of address space asks for 100,000 threads. How many does it get?
pub(crate) const THREADS_GRANTED: RangeInclusive<u64> = 0..=0;
