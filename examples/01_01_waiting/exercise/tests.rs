//! Measures what the exercise asks, and says on which side of it a prediction is.
//!
//! No test asks for more than 2,148 threads. Where the system grants fewer, or does not tell the memory, a prediction
//! cannot be compared, and the test passes.

use std::ops::RangeInclusive;

use crate::exercise::{TASKS_MIB, THREADS_GRANTED, THREADS_MIB};

#[path = "../tests/support/mod.rs"]
mod support;

/// A prediction must say something before anything is measured.
fn check_prediction(name: &str, predicted: &RangeInclusive<u64>) {
    let (lowest, highest) = (*predicted.start(), *predicted.end());
    assert!(lowest > 0, "{name}: write your prediction first");
    assert!(
        lowest <= highest && highest <= 2 * lowest,
        "{name}: {lowest}..={highest} is no prediction; the highest number may be at most twice the lowest"
    );
}

fn compare(name: &str, predicted: &RangeInclusive<u64>, measured: f64) {
    let (lowest, highest) = (*predicted.start() as f64, *predicted.end() as f64);
    assert!(
        measured >= lowest,
        "{name}: you predicted at least {lowest}; it is less"
    );
    assert!(
        measured <= highest,
        "{name}: you predicted at most {highest}; it is more"
    );
}

/// The resident memory of waiters in the program's own table. `None`: this system does not tell, or grants fewer threads.
fn resident(kind: &str, count: &str) -> Option<f64> {
    let arguments = ["--count", count, "--only", kind, "--runs", "1"];
    let table = support::table(env!("CARGO_BIN_EXE_waiting"), &arguments)?;
    let row = support::row(&table, "resident, MiB");
    let figure = row.threads.or(row.tasks);
    assert_eq!(figure.is_some(), support::told("resident, MiB"), "{table}");
    figure
}

#[test]
fn memory_of_100_000_tasks() {
    check_prediction("TASKS_MIB", &TASKS_MIB);
    if let Some(measured) = resident("tasks", "100000") {
        compare("TASKS_MIB", &TASKS_MIB, measured);
    }
}

#[test]
fn memory_of_100_000_threads() {
    check_prediction("THREADS_MIB", &THREADS_MIB);
    if let Some(measured) = resident("threads", "1000") {
        compare("THREADS_MIB", &THREADS_MIB, measured * 100.0);
    }
}

#[test]
fn threads_that_4_gib_of_addresses_grant() {
    check_prediction("THREADS_GRANTED", &THREADS_GRANTED);
    if cfg!(target_os = "linux") {
        let waiting = env!("CARGO_BIN_EXE_waiting");
        let too_many = env!("CARGO_BIN_EXE_too_many_threads");
        if let Some(granted) = support::granted(waiting, too_many, 4) {
            compare("THREADS_GRANTED", &THREADS_GRANTED, granted as f64);
        }
    }
}
