//! `cargo book run`: a chapter's program, found by the chapter's number.

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use serde::Deserialize;

use crate::{diagnostic::Diagnostic, example::Example};

/// Cargo: the one that started this program, if one did.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// One line of what `cargo --message-format=json` prints: https://doc.rust-lang.org/cargo/reference/external-tools.html
#[derive(Deserialize)]
pub(crate) struct Message {
    /// What it is about.
    pub(crate) reason: String,
    target: Option<Target>,
    executable: Option<PathBuf>,
    /// What the compiler says.
    pub(crate) message: Option<Rendered>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// What the compiler says.
#[derive(Deserialize)]
pub(crate) struct Rendered {
    /// As it is shown.
    pub(crate) rendered: Option<String>,
    /// The places that it is about. Without one it is the compiler's own summary.
    pub(crate) spans: Vec<serde_json::Value>,
}

impl Message {
    /// Whether it is about the target of this name.
    pub(crate) fn is_of(&self, target: &str) -> bool {
        self.target.as_ref().is_some_and(|of| of.name == target)
    }
}

/// The messages among what cargo has printed.
pub(crate) fn messages(stdout: &[u8]) -> Vec<Message> {
    let lines = String::from_utf8_lossy(stdout);
    let messages = lines.lines().map(serde_json::from_str);
    messages.filter_map(Result::ok).collect()
}

/// The program that cargo has built of a target.
pub(crate) fn executable(messages: &[Message], target: &str) -> Option<PathBuf> {
    messages
        .iter()
        .filter(|message| message.is_of(target) && message.reason == "compiler-artifact")
        .find_map(|message| message.executable.clone())
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
