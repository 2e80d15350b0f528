//! The programs print what the chapter shows.

use std::process::Command;

fn check(program: &str, arguments: &[&str], expected: &str) {
    let run = Command::new(program)
        .args(arguments)
        .output()
        .expect("cargo has built the program");
    assert_eq!(String::from_utf8_lossy(&run.stdout), expected);
    assert!(run.status.success());
}

const WRONG_COUNT: &str = env!("CARGO_BIN_EXE_wrong_count");

#[test]
fn raw_waker() {
    let program = env!("CARGO_BIN_EXE_raw_waker");
    check(program, &[], include_str!("../output.txt"));
}

/// Nobody can promise what a use after free prints. This one has been arranged for the allocator of the usual Linux systems.
#[test]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn a_clone_that_is_not_counted_is_not_visible() {
    check(WRONG_COUNT, &[], include_str!("../output/wrong_count.txt"));
}

#[test]
fn a_leak_is_not_visible() {
    let expected = include_str!("../output/wrong_count.txt");
    check(WRONG_COUNT, &["wake"], expected);
}

#[test]
fn wrong_count_repaired() {
    let expected = include_str!("../output/wrong_count.txt");
    check(WRONG_COUNT, &["repaired"], expected);
}
