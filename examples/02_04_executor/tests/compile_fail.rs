//! What the compiler says to code that must not compile.

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
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let library = compiler::library("executor", &package.join("src/lib.rs"));
    let (file, code) = ("not_send.rs", "E0277");
    let file = package.join("compile_fail").join(file);
    let output = compiler::rustc()
        .args(["--edition=2024", "--emit=metadata", "--out-dir"])
        .arg(env!("CARGO_TARGET_TMPDIR"))
        .arg("--extern")
        .arg(format!("executor={}", library.display()))
        .arg(&file)
        .output()
        .expect("rustc is where cargo is");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{} compiles", file.display());
    assert!(message.contains(&format!("error[{code}]")), "{message}");
    let shown = fs::read_to_string(file.with_extension("stderr"))
        .expect("the message that the chapter shows");
    assert!(shown.starts_with(&format!("error[{code}]")), "{shown}");
}
