//! The programs print what the chapter shows, and end with the exit code that the chapter names.

use std::process::Command;

fn check(program: &str, arguments: &[&str], expected: &str, code: i32) {
    let run = Command::new(program)
        .args(arguments)
        .output()
        .expect("cargo has built the program");
    assert_eq!(String::from_utf8_lossy(&run.stdout), expected);
    assert_eq!(run.status.code(), Some(code));
}

#[test]
fn projection() {
    let program = env!("CARGO_BIN_EXE_projection");
    check(program, &[], include_str!("../output.txt"), 0);
}

#[test]
fn versions() {
    let program = env!("CARGO_BIN_EXE_versions");
    check(program, &[], include_str!("../output/versions.txt"), 0);
}

const BROKEN: &str = env!("CARGO_BIN_EXE_broken");

#[test]
fn broken() {
    check(BROKEN, &[], include_str!("../output/broken.txt"), 1);
}

#[test]
fn broken_take() {
    let expected = include_str!("../output/broken_take.txt");
    check(BROKEN, &["take"], expected, 1);
}

#[test]
fn broken_drop() {
    let expected = include_str!("../output/broken_drop.txt");
    check(BROKEN, &["drop"], expected, 1);
}

// The variant `async` reads memory that it has given back. It is run under valgrind only: see unsafe.toml.
