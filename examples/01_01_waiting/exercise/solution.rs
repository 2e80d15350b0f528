//! A solution of the exercise: predictions that follow from the chapter's figures.

use std::ops::RangeInclusive;

/// Ten times as many tasks, ten times the memory: 1.5 MiB become 15.
pub(crate) const TASKS_MIB: RangeInclusive<u64> = 10..=20;

/// The same for threads: 95 MiB become 950.
pub(crate) const THREADS_MIB: RangeInclusive<u64> = 700..=1400;

/// Each stack takes 2 MiB of the 4 GiB, and the process needs some addresses itself: fewer than 2,048.
pub(crate) const THREADS_GRANTED: RangeInclusive<u64> = 1800..=2048;
