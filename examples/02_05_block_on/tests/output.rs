//! The programs print what the chapter shows, and end with the exit code that the chapter names.

mod support;

use std::io::Read;
use std::process::{Command, Stdio};

use support::{PLENTY, start};

/// Runs the program, and ends it if it does not end by itself: a `block_on` with a bug waits forever.
fn check(program: &str, arguments: &[&str], expected: &str, code: i32) {
    let mut child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .expect("cargo has built the program");
    let mut stdout = child.stdout.take().expect("it is piped");
    // The output ends when the program does.
    let output = start(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).map(|_| text)
    });
    let Ok(text) = output.recv_timeout(PLENTY) else {
        child.kill().expect("it is our own child");
        child.wait().expect("it is our own child");
        panic!("{program} did not end by itself");
    };
    assert_eq!(text.expect("the program prints UTF-8"), expected);
    let status = child.wait().expect("it is our own child");
    assert_eq!(status.code(), Some(code));
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
