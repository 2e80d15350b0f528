//! Runs the programs of this crate.

use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Far longer than any program needs, and no assertion depends on it. A program that does not end is a
/// failure, and does not block the tests.
const BOUND: Duration = Duration::from_secs(20);

/// What a program prints on standard output, and its exit code.
#[track_caller]
pub(crate) fn run(program: &str, argument: Option<&str>) -> (String, i32) {
    let mut child = Command::new(program)
        .args(argument)
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
    let code = status.code().expect("no signal has ended it");
    (text.expect("the program prints UTF-8"), code)
}
