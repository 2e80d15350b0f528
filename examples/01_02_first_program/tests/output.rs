//! The programs print what the chapter shows.

mod common;

use common::printed_by;

#[track_caller]
fn prints(program: &str, expected: &str) {
    assert_eq!(printed_by(program), expected);
}

#[test]
fn main() {
    prints(
        env!("CARGO_BIN_EXE_first_program"),
        include_str!("../output.txt"),
    );
}

#[test]
fn forgotten() {
    prints(
        env!("CARGO_BIN_EXE_forgotten"),
        include_str!("../output/forgotten.txt"),
    );
}

#[test]
fn repaired() {
    prints(
        env!("CARGO_BIN_EXE_repaired"),
        include_str!("../output/repaired.txt"),
    );
}

#[test]
fn silent() {
    prints(
        env!("CARGO_BIN_EXE_silent"),
        include_str!("../output/silent.txt"),
    );
}

#[test]
fn refused() {
    prints(
        env!("CARGO_BIN_EXE_refused"),
        include_str!("../output/refused.txt"),
    );
}
