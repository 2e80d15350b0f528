//! What `cargo book exercise` says: the list, a trial, the solution as a difference.

use std::path::Path;

use similar::TextDiff;

use super::{
    Exercise, Progress, State,
    task::Task,
    trial::{Test, Trial, Verdict},
};
use crate::{
    diagnostic::Diagnostic,
    source::{Source, display_path},
    terminal::{BAD, FAINT, GOOD, NOTICE, STRONG, styled},
};

/// All exercises, a line each, and how many are solved.
pub fn list(exercises: &[Progress]) -> String {
    let width = exercises
        .iter()
        .map(|exercise| textwrap::core::display_width(&exercise.title))
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    for exercise in exercises {
        let padding = " ".repeat(width - textwrap::core::display_width(&exercise.title));
        let state = match (exercise.state, exercise.tests) {
            (State::NotBegun, _) => styled(FAINT, "not begun"),
            (State::Refused, _) => styled(BAD, "does not compile"),
            (State::Solved, _) => styled(GOOD, "solved"),
            (State::Begun, Some([passed, all])) => {
                styled(NOTICE, format!("{passed} of {all} tests pass"))
            }
            (State::Begun, None) => styled(NOTICE, "begun"),
        };
        text += &format!(
            "  {}  {}{padding}  {state}\n",
            exercise.chapter, exercise.title
        );
    }
    let solved = exercises
        .iter()
        .filter(|exercise| exercise.state == State::Solved)
        .count();
    text += &format!("\n{solved} of {} exercises are solved.", exercises.len());
    let next = exercises
        .iter()
        .find(|exercise| exercise.state != State::Solved);
    if let Some(next) = next {
        text += &format!(" The next one: cargo book exercise {}", next.chapter);
    }
    text + "\n"
}

/// The list for a machine: `{"exercises": [{"chapter", "title", "state", "tests", "file"}]}`.
pub fn list_json(exercises: &[Progress]) -> String {
    format!("{:#}\n", serde_json::json!({ "exercises": exercises }))
}

/// A trial for a machine: `{"chapter", "title", "file", "task", "state", "messages", "tests": [{"name", "verdict", "said"}]}`.
pub fn json(exercise: &Exercise, title: &str, task: &Task, trial: &Trial) -> String {
    let (messages, tests) = match trial {
        Trial::Refused { messages } => (Some(messages), None),
        Trial::Run(tests) => (None, Some(tests)),
        Trial::Cancelled => (None, None),
    };
    let document = serde_json::json!({
        "chapter": exercise.example.number(),
        "title": title,
        "file": display_path(&exercise.file("exercise.rs")),
        "task": task.text,
        "state": trial.state(),
        "messages": messages,
        "tests": tests,
    });
    format!("{document:#}\n")
}

/// Above the task: which exercise, and which files.
pub fn heading(exercise: &Exercise, title: &str) -> String {
    let number = exercise.example.number();
    format!(
        "{}\n  edit   {}\n  tests  {}\n",
        styled(STRONG, format!("Exercise {number}: {title}")),
        display_path(&exercise.file("exercise.rs")),
        display_path(&exercise.file("tests.rs")),
    )
}

/// What the tests say.
pub fn trial(exercise: &Exercise, trial: &Trial) -> String {
    let number = exercise.example.number();
    match trial {
        Trial::Refused { messages } => {
            format!(
                "{messages}\n\n{}\n",
                styled(BAD, "The compiler refuses your file.")
            )
        }
        Trial::Cancelled => String::new(),
        Trial::Run(tests) => {
            let mut text: String = tests.iter().map(line).collect();
            let [passed, all] = trial.passed().unwrap_or_default();
            text += &if passed == all {
                let done = match all {
                    1 => "Solved: its test passes.".to_owned(),
                    all => format!("Solved: all {all} tests pass."),
                };
                format!(
                    "\n{} Compare: cargo book exercise {number} --solution\n",
                    styled(GOOD, done)
                )
            } else {
                let so_far = format!("{passed} of {all} tests pass.");
                format!(
                    "\n{} If you are stuck: cargo book exercise {number} --hint\n",
                    styled(BAD, so_far)
                )
            };
            text
        }
    }
}

fn line(test: &Test) -> String {
    let verdict = match test.verdict {
        Verdict::Passes => styled(GOOD, "passes"),
        Verdict::Fails => styled(BAD, "fails "),
        Verdict::TooLong => styled(BAD, "hangs "),
    };
    let mut text = format!("  {verdict}  {}\n", test.name.replace('_', " "));
    for said in test.said.lines() {
        text += &format!("          {said}\n");
    }
    text
}

/// What became of the reader's file.
pub fn reset(exercise: &Exercise, kept: Option<&Path>) -> String {
    let file = display_path(&exercise.file("exercise.rs"));
    match kept {
        Some(kept) => format!(
            "{file} is as at the beginning. Yours is now {}\n",
            display_path(kept)
        ),
        None => format!("{file} is as at the beginning.\n"),
    }
}

/// How the solution differs from the reader's file, or from the shipped one before the reader has begun.
///
/// # Errors
///
/// A file that can't be read.
pub fn solution(root: &Path, exercise: &Exercise) -> Result<String, Diagnostic> {
    let mine = exercise.file("exercise.rs");
    let mine = if root.join(&mine).exists() {
        mine
    } else {
        exercise.file("start.rs")
    };
    let theirs = exercise.file("solution.rs");
    let (old, new) = (Source::read(root, &mine)?, Source::read(root, &theirs)?);
    let diff = TextDiff::from_lines(&*old.text, &*new.text)
        .unified_diff()
        .context_radius(3)
        .header(&display_path(&mine), &display_path(&theirs))
        .to_string();
    if diff.is_empty() {
        return Ok("Your file is the solution, letter by letter.\n".to_owned());
    }
    Ok(diff.lines().map(|line| coloured(line) + "\n").collect())
}

fn coloured(line: &str) -> String {
    match line.as_bytes() {
        [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => styled(STRONG, line),
        [b'+', ..] => styled(GOOD, line),
        [b'-', ..] => styled(BAD, line),
        [b'@', ..] => styled(FAINT, line),
        _ => line.to_owned(),
    }
}
