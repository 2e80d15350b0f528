//! `cargo book run`: a chapter's program, found by the chapter's number.

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use crate::{diagnostic::Diagnostic, example::Example};

/// Cargo: the one that started this program, if one did.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs the program of a chapter's crate with cargo, in the reader's terminal.
///
/// `chapter` is the number as the folders write it (`02_04`, or `2.4`), the crate's folder, or its package.
///
/// # Errors
///
/// No example has that name, or cargo can't be started. What the program itself does is its exit code.
pub fn run(root: &Path, chapter: &str, arguments: &[String]) -> Result<ExitCode, Diagnostic> {
    let example = Example::find(Example::all(root)?, chapter)?;
    let status = cargo()
        .args([
            "run",
            "--quiet",
            "--package",
            &example.package,
            "--bin",
            &example.package,
            "--",
        ])
        .args(arguments)
        .current_dir(root)
        .status()
        .map_err(|error| Diagnostic::io("cargo", &error))?;
    // A program that a signal ended has no code.
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}
