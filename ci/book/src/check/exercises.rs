//! Exercises: all their files are there, and their chapter says what to do.

use std::path::Path;

use super::{Book, Findings};
use crate::{
    diagnostic::Diagnostic,
    exercise::{
        Exercise,
        task::{self, Task, section},
    },
    source::display_path,
};

/// What an exercise is made of, besides the reader's file, from the crate's folder.
const FILES: [&str; 7] = [
    "exercise/start.rs",
    "exercise/tests.rs",
    "exercise/solution.rs",
    "exercise/fails.toml",
    "tests/start.rs",
    "tests/exercise.rs",
    "tests/solution.rs",
];

pub(super) fn check(book: &Book<'_>) -> Findings {
    // A manifest that can't be read is told by the rules for examples.
    let exercises = Exercise::all(&book.project.root).unwrap_or_default();
    exercises
        .iter()
        .flat_map(|exercise| {
            let mut findings = files(&book.project.root, exercise);
            findings.extend(text(book, exercise));
            findings
        })
        .collect()
}

fn files(root: &Path, exercise: &Exercise) -> Findings {
    let folder = exercise.example.path();
    FILES
        .iter()
        .map(|name| display_path(&folder.join(name)))
        .filter(|file| !root.join(file).is_file())
        .map(|file| {
            Diagnostic::new("exercise-file", format!("the exercise lacks `{file}`"))
                .in_file(display_path(&exercise.folder()))
                .help("examples/02_03_timer shows what an exercise is made of")
        })
        .collect()
}

fn text(book: &Book<'_>, exercise: &Exercise) -> Option<Diagnostic> {
    // That there is no such chapter is told by the rules for examples.
    let path = task::chapter(book.project, &exercise.example)?;
    let chapter = book.english().get(path)?;
    let Some(section) = section(chapter.source) else {
        let title = chapter.structure.headings.first()?;
        return Some(
            Diagnostic::new("exercise-text", "the chapter does not describe its exercise")
                .at(chapter.place(&title.span), "no heading below has the id `exercise`")
                .help("describe it under `## Exercise {#exercise}`: `cargo book exercise` shows that section"),
        );
    };
    let at = section.as_ptr() as usize - chapter.source.text.as_ptr() as usize;
    let command = format!("$ cargo book exercise {}", exercise.example.number());
    let (message, help) = if !section.lines().any(|line| line == command) {
        (
            "the exercise's command is not shown",
            format!("show it in a block of its own, marked `console`: `{command}`"),
        )
    } else if Task::parse("en", section).hints.is_empty() {
        (
            "the exercise has no hint",
            "fold it: `<details>`, `<summary>Hint</summary>`, an empty line, the hint, an empty line, `</details>`".into(),
        )
    } else {
        return None;
    };
    let line = section.lines().next().unwrap_or_default().len();
    Some(
        Diagnostic::new("exercise-text", message)
            .at(chapter.place(&(at..at + line)), "in this section")
            .help(help),
    )
}
