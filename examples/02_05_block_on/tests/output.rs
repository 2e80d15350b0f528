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
fn block_on() {
    check(
        env!("CARGO_BIN_EXE_block_on"),
        &[],
        include_str!("../output.txt"),
        0,
    );
}

#[test]
fn swallowed() {
    let program = env!("CARGO_BIN_EXE_swallowed");
    check(program, &[], include_str!("../output/swallowed.txt"), 1);
}

#[test]
fn swallowed_v2() {
    let program = env!("CARGO_BIN_EXE_swallowed");
    check(
        program,
        &["v2"],
        include_str!("../output/swallowed_v2.txt"),
        0,
    );
}

#[test]
fn stray() {
    check(
        env!("CARGO_BIN_EXE_stray"),
        &[],
        include_str!("../output/stray.txt"),
        0,
    );
}
