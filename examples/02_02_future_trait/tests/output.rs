//! The programs print what the chapter shows.

use std::process::Command;

#[test]
fn main_prints_the_recorded_run() {
    let run = Command::new(env!("CARGO_BIN_EXE_future_trait"))
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8(run.stdout).unwrap(),
        include_str!("../output.txt")
    );
    assert!(run.status.success());
}

#[test]
fn poll_again_ends_with_a_panic() {
    let run = Command::new(env!("CARGO_BIN_EXE_poll_again"))
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8(run.stdout).unwrap(),
        include_str!("../output/poll_again.txt")
    );
    assert_eq!(run.status.code(), Some(101));
}
