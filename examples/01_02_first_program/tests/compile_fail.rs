//! What the compiler refuses, and its words for it.

use std::fs;
use std::path::Path;
use std::process::Command;

/// What `rustc` prints on standard output and on standard error.
fn rustc(arguments: &[&str]) -> (String, String) {
    let output = Command::new("rustc")
        .args(arguments)
        .output()
        .expect("rustc can be started");
    let text = |bytes| String::from_utf8(bytes).expect("rustc prints UTF-8");
    (text(output.stdout), text(output.stderr))
}

/// Every compiler refuses each program, and for the same reason: the error's code.
#[test]
fn the_compiler_refuses() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("compile_fail");
    let mut programs = 0;
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let program = entry.expect("it can be read").path();
        if program
            .extension()
            .is_none_or(|extension| extension != "rs")
        {
            continue;
        }
        programs += 1;
        let quoted = fs::read_to_string(program.with_extension("stderr"))
            .expect("the message is beside the program");
        let (code, _) = quoted.split_once(':').expect("error[E0000]: the message");
        let (_, said) = rustc(&[
            "--edition=2024",
            "--emit=metadata",
            concat!("--out-dir=", env!("CARGO_TARGET_TMPDIR")),
            program.to_str().expect("the path is UTF-8"),
        ]);
        assert!(said.contains(code), "not {code}:\n{said}");
    }
    assert_ne!(programs, 0, "nothing was compiled");
}

/// Whoever runs the tests would call the function, and nobody would run the future. The error has no code.
#[test]
fn a_test_is_not_async() {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("async_test.rs");
    fs::write(&program, "#[test]\nasync fn a_test() {}\n").expect("cargo has made the folder");
    let (_, said) = rustc(&[
        "--edition=2024",
        "--test",
        "--emit=metadata",
        concat!("--out-dir=", env!("CARGO_TARGET_TMPDIR")),
        program.to_str().expect("the path is UTF-8"),
    ]);
    assert!(said.contains("error") && said.contains("async"), "{said}");
}

/// The words are those of Rust 1.95, and a later version may choose others. With the component `rust-src`, the
/// compiler adds lines from the library's source. In both cases only the code above is compared.
#[test]
fn in_the_words_that_the_chapter_shows() {
    let (version, _) = rustc(&["--version"]);
    let (sysroot, _) = rustc(&["--print=sysroot"]);
    let library = Path::new(sysroot.trim_end()).join("lib/rustlib/src/rust/library");
    if version.starts_with("rustc 1.95.") && !library.exists() {
        trybuild::TestCases::new().compile_fail("compile_fail/*.rs");
    } else {
        eprintln!("the words are not compared: {version}");
    }
}
