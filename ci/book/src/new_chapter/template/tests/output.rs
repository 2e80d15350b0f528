//! The program prints what the chapter shows.

use std::process::Command;

#[test]
fn main() {
    let run = Command::new(env!("CARGO_BIN_EXE_%PACKAGE%"))
        .output()
        .expect("cargo has built the program");
    let expected = include_str!("../output.txt");
    assert_eq!(String::from_utf8_lossy(&run.stdout), expected);
    assert!(run.status.success());
}
