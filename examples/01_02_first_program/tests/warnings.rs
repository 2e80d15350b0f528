//! What the compiler says about a future that is forgotten, and when it says nothing.

use std::fs;
use std::path::Path;
use std::process::Command;

/// What the compiler prints about a file. The path is the one that the reader sees, from the repository's root.
fn said_about(file: &str, name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let compiled = Command::new("rustc")
        .args(["--edition=2024", "--emit=metadata", file, "-o"])
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name))
        .current_dir(root)
        .output()
        .expect("rustc can be started");
    String::from_utf8(compiled.stderr).expect("the compiler prints UTF-8")
}

/// What the compiler prints about a body of an async function that calls `send`, which returns a future of a number.
fn said_about_body(name: &str, body: &str) -> String {
    let source = format!(
        "async fn send(to: &str) -> u32 {{ println!(\"{{to}}\"); 1 }}\n\
         async fn greet() {{ {body} }}\n\
         fn main() {{ let greeting = greet(); drop(greeting); }}\n"
    );
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.rs"));
    fs::write(&file, source).expect("cargo has made the folder");
    said_about(file.to_str().expect("the path is UTF-8"), name)
}

#[test]
fn a_forgotten_future_is_warned_about_as_the_chapter_shows() {
    let said = said_about(
        "examples/01_02_first_program/src/bin/forgotten.rs",
        "forgotten",
    );
    assert!(said.contains("unused_must_use"), "{said}");
    assert!(said.contains("src/bin/forgotten.rs:16:5"), "{said}");

    // The words are those of Rust 1.95, and a later version may choose others.
    let version = Command::new("rustc").arg("--version").output();
    let version = version.expect("rustc can be started").stdout;
    if version.starts_with(b"rustc 1.95.") {
        let quoted = include_str!("../output/forgotten.stderr");
        assert_eq!(said, format!("{quoted}\nwarning: 1 warning emitted\n\n"));
    }
}

#[test]
fn let_underscore_hides_it_from_the_compiler() {
    assert_eq!(
        said_about("examples/01_02_first_program/src/bin/silent.rs", "silent"),
        ""
    );
}

#[test]
fn an_awaited_future_is_not_warned_about() {
    assert_eq!(said_about_body("awaited", "send(\"ada\").await;"), "");
}

#[test]
fn a_future_as_a_statement_is_warned_about() {
    let said = said_about_body("statement", "send(\"ada\");");
    assert!(said.contains("unused_must_use"), "{said}");
    assert!(said.contains("`Future` that must be used"), "{said}");
}

#[test]
fn a_future_used_as_its_output_is_an_error() {
    let said = said_about_body("value", "let receipt: u32 = send(\"ada\"); drop(receipt);");
    assert!(said.contains("error[E0308]"), "{said}");
    assert!(said.contains("help: ") && said.contains(".await"), "{said}");
}

#[test]
fn a_future_in_a_variable_is_an_unused_variable_and_no_more() {
    let said = said_about_body("variable", "let sending = send(\"ada\");");
    assert!(
        said.contains("warning: unused variable: `sending`"),
        "{said}"
    );
    assert!(!said.contains("Future"), "{said}");
}

#[test]
fn a_future_that_is_given_away_is_not_warned_about() {
    assert_eq!(said_about_body("given", "drop(send(\"ada\"));"), "");
}

#[test]
fn an_iterator_that_is_not_used_is_warned_about_in_the_same_way() {
    let said = said_about_body("iterator", "[1].iter().map(|n| n + 1);");
    assert!(said.contains("that must be used"), "{said}");
    assert!(said.contains("iterators are lazy"), "{said}");
    assert!(said.contains("unused_must_use"), "{said}");
}
