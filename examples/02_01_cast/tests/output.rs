//! The programs print what the chapter shows.

mod common;

use common::printed_by;

#[track_caller]
fn prints(program: &str, expected: &str) {
    assert_eq!(printed_by(program), expected);
}

#[test]
fn main() {
    prints(env!("CARGO_BIN_EXE_cast"), include_str!("../output.txt"));
}

#[test]
fn busy() {
    prints(
        env!("CARGO_BIN_EXE_busy"),
        include_str!("../output/busy.txt"),
    );
}

#[test]
fn early() {
    prints(
        env!("CARGO_BIN_EXE_early"),
        include_str!("../output/early.txt"),
    );
}

#[test]
fn two_tasks() {
    prints(
        env!("CARGO_BIN_EXE_two_tasks"),
        include_str!("../output/two_tasks.txt"),
    );
}
