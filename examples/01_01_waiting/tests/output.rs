//! The programs print what the chapter shows: the recorded runs to the letter, the table in its form.

mod support;

use std::process::Command;

use support::{row, run, stdout, told};

const WAITING: &str = env!("CARGO_BIN_EXE_waiting");

const ROWS: [&str; 7] = [
    "resident, MiB",
    "page tables, MiB",
    "kernel stacks, MiB",
    "in RAM together, MiB",
    "address space, MiB",
    "to start, ms",
    "to finish, ms",
];

#[cfg(target_os = "linux")]
#[test]
fn too_many_threads() {
    let output = run(env!("CARGO_BIN_EXE_too_many_threads"), &[]);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        include_str!("../output/too_many_threads.txt")
    );
    assert_eq!(output.status.code(), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn not_too_many_tasks() {
    let output = run(env!("CARGO_BIN_EXE_too_many_threads"), &["tasks"]);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        include_str!("../output/not_too_many_tasks.txt")
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_table_has_the_form_of_the_committed_one() {
    let table = stdout(WAITING, &["--count", "20", "--runs", "1"]);
    assert!(table.starts_with("20 waiters, "), "{table}");
    let measured = include_str!("../measured.txt");
    assert!(
        measured.starts_with("10000 waiters, release build, linux "),
        "{measured}"
    );
    assert_eq!(table.lines().count(), measured.lines().count());
    assert_eq!(table.lines().nth(3), measured.lines().nth(3));
    for name in ROWS {
        let (now, then) = (row(&table, name), row(measured, name));
        assert_eq!(now.threads.is_some(), told(name), "{name}: {table}");
        assert_eq!(now.tasks.is_some(), told(name), "{name}: {table}");
        assert!(then.threads.is_some() && then.tasks.is_some(), "{measured}");
    }
}

#[test]
fn one_kind_can_be_left_out() {
    let table = stdout(
        WAITING,
        &["--count", "200", "--runs", "1", "--only", "tasks"],
    );
    let time = row(&table, "to start, ms");
    assert!(time.threads.is_none() && time.tasks.is_some(), "{table}");
}

#[test]
fn more_threads_than_the_limit_are_not_started() {
    let output = run(WAITING, &["--count", "20", "--threads-limit", "10"]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        error.starts_with("20 threads are more than the limit of 10."),
        "{error}"
    );
    assert!(output.stdout.is_empty());
}

#[test]
fn without_the_option_there_is_a_limit_too() {
    // Not more: should this test fail, the machine bears 12001 threads.
    let output = run(WAITING, &["--count", "12001", "--only", "threads"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_process_that_takes_itself_for_a_child_starts_no_others() {
    let output = Command::new(WAITING)
        .env("WAITING_CHILD", "no number")
        .output()
        .expect("cargo has built the program");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.starts_with("WAITING_CHILD is for"), "{error}");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}

#[test]
fn an_unknown_argument_is_refused() {
    for arguments in [
        ["--count", "0"],
        ["--count", "many"],
        ["--only", "fibers"],
        ["--fast", "1"],
    ] {
        let output = run(WAITING, &arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}
