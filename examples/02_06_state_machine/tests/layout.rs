//! What the compiler says about the layout of the large future, as the chapter shows it: that of a 64-bit machine.

#![cfg(target_pointer_width = "64")]

mod compiler;

use std::path::Path;

use state_machine::page::{Renderer, v1_held, v2_scoped};

const FUTURE: &str = "print-type-size type: `{async fn body of page::v1_held::session()}`";

/// The compiler's lines about version 1 of the session.
///
/// `-Zprint-type-sizes` is an unstable flag. `RUSTC_BOOTSTRAP` makes a stable compiler accept it, for this test only: the
/// reader is told to use a nightly compiler.
fn layout() -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let output = compiler::rustc()
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["-Zprint-type-sizes", "--edition=2024", "--crate-type=lib"])
        .args([
            "--crate-name=state_machine",
            "--out-dir",
            env!("CARGO_TARGET_TMPDIR"),
        ])
        .arg(source)
        .output()
        .expect("rustc is where cargo is");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("rustc prints UTF-8");
    let begin = text.find(FUTURE).expect("the future is in the library");
    let text = &text[begin..];
    let end = text[1..]
        .find("print-type-size type")
        .expect("more types follow");
    text[..=end].to_owned()
}

#[test]
fn the_page_is_in_the_state_that_waits() {
    if !compiler::is_of_the_chapter() {
        // Neither the flag nor what it prints is a promise.
        return;
    }
    assert_eq!(
        layout(),
        include_str!("../output/layout.txt"),
        "the chapter shows another layout. If `.page` is no longer in `Suspend0`, the chapter must be rewritten; \
         otherwise put the new lines into output/layout.txt"
    );
}

#[test]
fn a_page_in_scope_never_makes_the_future_smaller() {
    let renderer = Renderer::default();
    let held = size_of_val(&v1_held::session(&renderer));
    let scoped = size_of_val(&v2_scoped::session(&renderer));
    assert!(held >= scoped, "{held} bytes, and {scoped} with a scope");
}
