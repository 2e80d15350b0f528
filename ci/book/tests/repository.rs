//! The real book: it passes its own check, in every edition, and its exercises can be worked on.

mod common;

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use book::{
    check,
    exercise::{Exercise, shipped, trial::Limits},
    project::Project,
};
use common::{BOOK, files};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn nothing_would_break_a_page() {
    let findings = Project::load(root())
        .and_then(|project| check(&project))
        .unwrap_or_else(|errors| errors);
    let said: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n\n"));
}

/// The other way, that each solution passes, is a test of each crate: `tests/solution.rs`.
#[test]
fn each_exercise_as_shipped_fails_for_the_stated_reason() {
    let limits = Limits {
        time: Duration::from_secs(60),
        cancelled: &|| false,
        colours: false,
    };
    let exercises = Exercise::all(&root()).unwrap();
    assert!(!exercises.is_empty());
    let said: Vec<_> = exercises
        .iter()
        .flat_map(|exercise| {
            shipped::check(&root(), exercise, &limits).unwrap_or_else(|finding| vec![finding])
        })
        .map(|finding| finding.to_string())
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n\n"));
}

/// Two processes, because a map's order differs between them and not within one.
#[test]
fn built_twice_the_site_is_the_same_bytes() {
    let [first, second] = std::array::from_fn(|_| {
        let folder = tempfile::tempdir().unwrap();
        let status = Command::new(BOOK)
            .args(["build", "--base-url", "https://example.org/async/", "-d"])
            .arg(folder.path())
            .current_dir(root())
            .status();
        assert!(status.unwrap().success());
        files(folder.path())
    });
    assert!(first.len() > 100, "{} files", first.len());
    assert!(first.keys().eq(second.keys()));
    let differ: Vec<_> = first
        .iter()
        .filter(|(path, bytes)| second[*path] != **bytes)
        .map(|(path, _)| path)
        .collect();
    assert!(differ.is_empty(), "{differ:?}");
}
