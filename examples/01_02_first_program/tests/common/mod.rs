//! What several tests use: the programs' output.

// Each test file compiles this module for itself, and not every one uses all of it.
#![allow(dead_code)]

use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Far longer than any program of this chapter needs, and no assertion depends on it. A program that waits forever is a
/// failure, not a test run that hangs.
const BOUND: Duration = Duration::from_secs(30);

/// Runs a program of this crate, and gives what it prints.
#[track_caller]
pub(crate) fn printed_by(program: &str) -> String {
    let mut child = Command::new(program)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program can be started");
    let mut stdout = child.stdout.take().expect("it is piped");
    let (ended, end) = mpsc::channel();
    thread::spawn(move || {
        let mut text = String::new();
        let read = stdout.read_to_string(&mut text).map(|_| text);
        // Fails only if the test has given up already.
        let _ = ended.send(read);
    });
    let Ok(text) = end.recv_timeout(BOUND) else {
        child.kill().expect("it is still running");
        child.wait().expect("it has been started");
        panic!("{program} does not end");
    };
    let status = child.wait().expect("it has been started");
    let text = text.expect("the program prints UTF-8");
    assert!(status.success(), "{status}, after it printed:\n{text}");
    text
}

/// The lines that a program prints: who acts, and what it does.
#[track_caller]
pub(crate) fn recorded_run(program: &str) -> Vec<(String, String)> {
    printed_by(program)
        .lines()
        .map(|line| {
            let (actor, what) = line.split_once("  ").expect("two columns");
            (actor.to_owned(), what.trim_start().to_owned())
        })
        .collect()
}
