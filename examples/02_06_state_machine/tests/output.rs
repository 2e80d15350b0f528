//! The programs print what the chapter shows.

mod compiler;

use std::process::Command;

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .expect("cargo has built the program");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

/// The lines without sizes: what is the same on every compiler.
fn without_sizes(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.contains("takes")).collect()
}

/// `large` prints sizes, and the chapter shows those of one compiler.
fn check_large(arguments: &[&str], expected: &str) {
    let text = run(env!("CARGO_BIN_EXE_large"), arguments);
    if compiler::is_of_the_chapter() {
        assert_eq!(text, expected);
    } else {
        assert_eq!(without_sizes(&text), without_sizes(expected));
    }
}

#[test]
fn state_machine() {
    let text = run(env!("CARGO_BIN_EXE_state_machine"), &[]);
    assert_eq!(text, include_str!("../output.txt"));
}

#[test]
fn large() {
    check_large(&[], include_str!("../output/large.txt"));
}

#[test]
fn large_repaired() {
    check_large(&["repaired"], include_str!("../output/large_repaired.txt"));
}
