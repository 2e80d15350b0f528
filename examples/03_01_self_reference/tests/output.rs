//! The programs print what the chapter shows.

use std::process::Command;

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .expect("cargo has built the program");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

#[test]
fn self_reference() {
    let text = run(env!("CARGO_BIN_EXE_self_reference"), &[]);
    assert_eq!(text, include_str!("../output.txt"));
}

#[test]
fn moved() {
    let text = run(env!("CARGO_BIN_EXE_moved"), &[]);
    assert_eq!(text, include_str!("../output/moved.txt"));
}

#[test]
fn leaked() {
    let text = run(env!("CARGO_BIN_EXE_leaked"), &[]);
    assert_eq!(text, include_str!("../output/leaked.txt"));
}

#[test]
fn dropped() {
    let text = run(env!("CARGO_BIN_EXE_leaked"), &["dropped"]);
    assert!(text.ends_with("registry  meters: 0, total: 0\n"), "{text}");
}
