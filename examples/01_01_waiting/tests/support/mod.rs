//! Runs the programs of this crate, and reads the table that `waiting` prints.

#![allow(
    dead_code,
    reason = "each test crate has a copy of this module, and none uses all of it"
)]

use std::fs;
use std::process::{Command, Output};
use std::sync::{Mutex, PoisonError};

/// Held while a program runs. The tests of one file run at the same time, and a program that takes every thread which a
/// container allows would leave none to the others. A test that fails here says nothing about the next one, so nobody
/// minds the poison.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Runs a program of this crate to its end.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Output {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    Command::new(program)
        .args(arguments)
        .output()
        .expect("cargo has built the program")
}

/// What the program prints to standard output, if it ends well.
pub(crate) fn stdout(program: &str, arguments: &[&str]) -> String {
    let output = run(program, arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

/// The table that `waiting` prints. `None`: this system does not grant so many threads, so there is nothing to measure.
pub(crate) fn table(program: &str, arguments: &[&str]) -> Option<String> {
    let output = run(program, arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    if error.starts_with("threads: refused after ") {
        println!("not measured: {error}");
        return None;
    }
    assert!(output.status.success(), "{arguments:?}: {error}");
    Some(String::from_utf8(output.stdout).expect("the program prints UTF-8"))
}

/// Whether this system tells the figure: a container may have no `/proc`, or one with fewer lines.
pub(crate) fn told(row: &str) -> bool {
    let says = |file: &str, name: &str| {
        fs::read_to_string(file).is_ok_and(|text| text.lines().any(|line| line.starts_with(name)))
    };
    let process = |name| says("/proc/self/status", name);
    let kernel_stacks = || says("/proc/meminfo", "KernelStack:");
    match row {
        "resident, MiB" => process("VmRSS:"),
        "page tables, MiB" => process("VmPTE:"),
        "address space, MiB" => process("VmSize:"),
        "kernel stacks, MiB" => kernel_stacks(),
        "in RAM together, MiB" => process("VmRSS:") && process("VmPTE:") && kernel_stacks(),
        // The times need no help.
        _ => true,
    }
}

/// A row of the table. `None`: not measured, or no ratio.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) threads: Option<f64>,
    pub(crate) tasks: Option<f64>,
    pub(crate) ratio: Option<f64>,
}

/// Finds the row with this name. Panics if there is none, or if it does not have three columns.
pub(crate) fn row(table: &str, name: &str) -> Row {
    let line = table
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .unwrap_or_else(|| panic!("no row {name:?} in:\n{table}"))
        .replace("not measured", "-");
    let columns: Vec<Option<f64>> = line
        .split_whitespace()
        .map(|word| match word {
            "-" => None,
            figure => Some(figure.parse().unwrap_or_else(|_| panic!("{name}: {line}"))),
        })
        .collect();
    let &[threads, tasks, ratio] = &columns[..] else {
        panic!("{name} has not three columns: {line}");
    };
    Row {
        threads,
        tasks,
        ratio,
    }
}

/// How many threads `too_many_threads` got in a process with so many GiB of addresses. `None`: this system has a smaller
/// limit for threads, so the number would say nothing about the addresses.
///
/// About one run of ten ends with a panic of the standard library (see the program's documentation), and does not say
/// the number. So it gets some tries.
pub(crate) fn granted(waiting: &str, too_many: &str, gib: u64) -> Option<u64> {
    // As many as would have a stack if stacks were all that needs addresses. Without the limit, the system must grant them.
    let stacks = (gib * 512).to_string();
    table(
        waiting,
        &["--count", &stacks, "--runs", "1", "--only", "threads"],
    )?;
    // A few more than that, and not 100000: should the limit not work, the machine bears them.
    let (more, gib) = ((gib * 512 + 100).to_string(), gib.to_string());
    let mut said = String::new();
    for _ in 0..10 {
        let output = run(too_many, &["threads", &more, &gib]);
        said = String::from_utf8_lossy(&output.stderr).into_owned();
        let number = said
            .strip_prefix("refused after ")
            .and_then(|rest| rest.split_once(" threads")?.0.parse().ok());
        if number.is_some() {
            return number;
        }
    }
    panic!("the system refuses no thread: {said}");
}
