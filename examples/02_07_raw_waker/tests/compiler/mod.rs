//! Which compiler runs the tests.
//!
//! The words of error messages are no promise of Rust. The chapter shows those of Rust 1.95, and the test compares with
//! them on Rust 1.95 only. On another compiler it tests what has to hold there, too, so that a reader with a newer
//! compiler sees no failure.

use std::env;
use std::process::Command;
use std::sync::LazyLock;

/// The compiler that cargo uses.
pub(crate) fn rustc() -> Command {
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// Whether the compiler is the one whose messages the chapter shows. It is asked once.
#[allow(dead_code, reason = "each test file uses its own part of this module")]
pub(crate) fn is_of_the_chapter() -> bool {
    static ANSWER: LazyLock<bool> = LazyLock::new(|| {
        let output = rustc().arg("--version").output();
        output.is_ok_and(|output| output.stdout.starts_with(b"rustc 1.95."))
    });
    *ANSWER
}
