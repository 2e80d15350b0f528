//! What the compiler says to a closure that must not be in a waker.

mod compiler;

use std::fs;
use std::path::Path;

#[test]
fn the_compiler_says_what_the_chapter_shows() {
    if compiler::is_of_the_chapter() {
        trybuild::TestCases::new().compile_fail("compile_fail/*.rs");
    }
}

/// Another compiler may choose other words, but the error has the same code.
#[test]
fn every_compiler_gives_the_same_error_code() {
    let library = include_str!("../src/v2_counted.rs");
    // Documentation of a whole file must not stand in the middle of one.
    let program: String = include_str!("../compile_fail/cell.rs")
        .lines()
        .filter(|line| !line.starts_with("//!"))
        .map(|line| format!("{line}\n"))
        .collect();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cell.rs");
    let whole = format!("mod raw_waker {{ pub mod v2_counted {{\n{library}\n}} }}\n{program}");
    fs::write(&file, whole).expect("the folder is there for such files");
    let output = compiler::rustc()
        .args(["--edition=2024", "--emit=metadata", "--out-dir"])
        .arg(env!("CARGO_TARGET_TMPDIR"))
        .arg(&file)
        .output()
        .expect("rustc is where cargo is");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "it compiles");
    let errors: Vec<&str> = message
        .lines()
        .filter(|line| line.starts_with("error["))
        .collect();
    assert_eq!(errors.len(), 1, "{message}");
    assert!(errors[0].starts_with("error[E0277]"), "{message}");
    let shown = include_str!("../compile_fail/cell.stderr");
    assert!(shown.starts_with("error[E0277]"), "{shown}");
}
