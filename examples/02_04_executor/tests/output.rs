//! The recorded runs that the chapter shows are what the programs print.

use std::process::Command;

fn stdout(program: &str) -> String {
    let output = Command::new(program).output().unwrap();
    assert!(output.status.success(), "{program}: {}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn main_prints_what_the_chapter_shows() {
    assert_eq!(
        stdout(env!("CARGO_BIN_EXE_executor")),
        include_str!("../output.txt")
    );
}

#[test]
fn storm_prints_what_the_chapter_shows() {
    assert_eq!(
        stdout(env!("CARGO_BIN_EXE_storm")),
        include_str!("../output/storm.txt")
    );
}

#[test]
fn lost_wake_prints_what_the_chapter_shows() {
    assert_eq!(
        stdout(env!("CARGO_BIN_EXE_lost_wake")),
        include_str!("../output/lost_wake.txt")
    );
}

#[test]
fn blocking_prints_what_the_chapter_shows() {
    assert_eq!(
        stdout(env!("CARGO_BIN_EXE_blocking")),
        include_str!("../output/blocking.txt")
    );
}
