//! `cargo book run`: a chapter's program, found by the chapter's number.

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use crate::{diagnostic::Diagnostic, example::Example};

/// Runs the program of a chapter's crate with cargo, in the reader's terminal.
///
/// `chapter` is the number as the folders write it (`02_04`, or `2.4`), the crate's folder, or its package.
///
/// # Errors
///
/// No example has that name, or cargo can't be started. What the program itself does is its exit code.
pub fn run(root: &Path, chapter: &str, arguments: &[String]) -> Result<ExitCode, Diagnostic> {
    let example = find(Example::all(root)?, chapter)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
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

fn find(examples: Vec<Example>, chapter: &str) -> Result<Example, Diagnostic> {
    let wanted = folder_prefix(chapter);
    let matches = |example: &Example| {
        example.package == chapter
            || example.folder == chapter
            || example.folder.starts_with(&format!("{wanted}_"))
    };
    let known: Vec<_> = examples
        .iter()
        .map(|example| {
            format!(
                "{} ({})",
                example
                    .folder
                    .split('_')
                    .take(2)
                    .collect::<Vec<_>>()
                    .join("_"),
                example.package
            )
        })
        .collect();
    examples.into_iter().find(matches).ok_or_else(|| {
        Diagnostic::new(
            "no-example",
            format!("no chapter `{chapter}` has a program"),
        )
        .help(format!("there are {}", known.join(", ")))
    })
}

/// `2.4`, `2_4` and `02_04` are the same chapter.
fn folder_prefix(chapter: &str) -> String {
    let parts = chapter
        .split(['.', '_'])
        .map(|part| match part.parse::<u32>() {
            Ok(number) => format!("{number:02}"),
            Err(_) => part.to_owned(),
        });
    parts.collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn examples() -> Vec<Example> {
        [
            ("02_03_timer", "timer_future"),
            ("02_04_executor", "executor"),
        ]
        .map(|(folder, package)| Example {
            folder: folder.into(),
            package: package.into(),
            crates: BTreeSet::new(),
        })
        .into()
    }

    #[test]
    fn a_chapter_is_found_by_any_of_its_names() {
        for name in ["02_04", "2.4", "02_04_executor", "executor"] {
            assert_eq!(
                find(examples(), name).unwrap().package,
                "executor",
                "{name}"
            );
        }
    }

    #[test]
    fn an_unknown_chapter_is_answered_with_the_known_ones() {
        let finding = find(examples(), "09_01").unwrap_err();
        assert_eq!(
            finding.help.as_deref(),
            Some("there are 02_03 (timer_future), 02_04 (executor)")
        );
    }
}
