//! Which compiler runs the tests.
//!
//! The words of error messages are no promise of Rust. The chapter shows those of Rust 1.95, and the tests compare with them
//! on Rust 1.95 only. On another compiler they test what has to hold there, too, so that a reader with a newer compiler sees
//! no failure.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler that cargo uses.
pub(crate) fn rustc() -> Command {
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// Whether the compiler is the one whose messages the chapter shows.
pub(crate) fn is_of_the_chapter() -> bool {
    let output = rustc().arg("--version").output();
    output.is_ok_and(|output| output.stdout.starts_with(b"rustc 1.95."))
}

/// Compiles a library that uses nothing but the standard library, for the files that use it.
///
/// Cargo has compiled it as well, but does not tell a test where.
pub(crate) fn library(name: &str, source: &Path) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("lib{name}.rmeta"));
    let output = rustc()
        .args(["--edition=2024", "--crate-type=lib", "--emit=metadata"])
        .args(["--crate-name", name, "-o"])
        .arg(&file)
        .arg(source)
        .output()
        .expect("rustc is where cargo is");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    file
}
