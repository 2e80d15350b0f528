//! `cargo book new-chapter`, as an author uses it: a chapter that passes at once, and in which all is still to be written.

mod common;

use std::{
    collections::BTreeMap,
    path::Path,
    process::{Command, Output},
    time::Duration,
};

use book::{
    exercise::{Exercise, shipped, trial::Limits},
    source::{display_path, files_below_except},
};
use common::{Project, stderr, stdout};
use snapbox::{assert_data_eq, str};

const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["examples/*"]

[workspace.package]
version = "0.1.0"
edition = "2024"
rust-version = "1.95"
license = "MIT OR Apache-2.0"
publish = false

[workspace.lints.rust]
missing_docs = "warn"
"#;

const DOCTESTS: &str = r#"[package]
name = "doctests"

# What the blocks name.
[dependencies]
# Ours.
one = { path = "../../examples/01_01_one" }
zebra = "1"

[lints]
workspace = true
"#;

/// A book whose examples are in a workspace, and whose blocks are compiled. One program has a name of its own.
fn book() -> Project {
    let project = Project::new();
    project.write("Cargo.toml", WORKSPACE);
    project.write("ci/doctests/Cargo.toml", DOCTESTS);
    project.write(
        "examples/01_01_one/src/bin/other.rs",
        "//! Another program.\n\nfn main() {}\n",
    );
    project.edit("examples/01_01_one/Cargo.toml", "\n[workspace]\n", "");
    project
}

fn new_chapter(project: &Project, arguments: &[&str]) -> Output {
    let mut all = vec!["new-chapter"];
    all.extend(arguments);
    project.book(&all)
}

#[track_caller]
fn made(project: &Project, arguments: &[&str]) -> String {
    let output = new_chapter(project, arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    stdout(&output)
}

#[track_caller]
fn passes(project: &Project) {
    let output = project.book(&["check"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

/// Every file of the project, with its text.
fn files(project: &Project) -> BTreeMap<String, String> {
    let files = files_below_except(project.root(), Path::new(""), "target").unwrap();
    files
        .iter()
        .map(|path| display_path(path))
        .map(|path| (path.clone(), project.read(&path)))
        .collect()
}

#[test]
fn a_chapter_is_made_in_all_its_places() {
    let project = book();
    let before = files(&project);
    assert_data_eq!(
        made(
            &project,
            &["01_basics/03_new_topic.md", "The `New` \"topic\""]
        ),
        str![[r#"
Chapter 1.3: The `New` "topic"
  src/en/01_basics/03_new_topic.md  the text
  examples/01_03_new_topic          the crate, with its exercise
  src/en/SUMMARY.md                 lists the chapter
  ci/doctests/Cargo.toml            lists the crate

What is to be written says TODO. All of this works already:
  cargo book check
  cargo run -p new_topic
  cargo test -p new_topic
  cargo book exercise 01_03

"#]]
    );
    passes(&project);
    let after = files(&project);
    let new: Vec<_> = after
        .keys()
        .filter(|path| !before.contains_key(*path))
        .map(String::as_str)
        .collect();
    assert_eq!(
        new,
        [
            "examples/01_03_new_topic/Cargo.toml",
            "examples/01_03_new_topic/exercise/fails.toml",
            "examples/01_03_new_topic/exercise/solution.rs",
            "examples/01_03_new_topic/exercise/start.rs",
            "examples/01_03_new_topic/exercise/tests.rs",
            "examples/01_03_new_topic/output.txt",
            "examples/01_03_new_topic/src/lib.rs",
            "examples/01_03_new_topic/src/main.rs",
            "examples/01_03_new_topic/tests/exercise.rs",
            "examples/01_03_new_topic/tests/output.rs",
            "examples/01_03_new_topic/tests/solution.rs",
            "examples/01_03_new_topic/tests/start.rs",
            "src/en/01_basics/03_new_topic.md",
        ]
    );
    for path in new {
        let text = &after[path];
        assert!(
            !text.contains('%'),
            "a place in {path} is not filled:\n{text}"
        );
    }
    let chapter = &after["src/en/01_basics/03_new_topic.md"];
    assert!(
        chapter.starts_with("# The `New` \"topic\" {#new-topic}\n"),
        "{chapter}"
    );
    assert!(
        chapter.contains("You need [Two](02_two.md) for TODO."),
        "{chapter}"
    );
    assert_eq!(
        after["src/en/SUMMARY.md"],
        before["src/en/SUMMARY.md"].clone()
            + "- [The `New` \"topic\"](01_basics/03_new_topic.md)\n"
    );
    assert_eq!(
        after["ci/doctests/Cargo.toml"],
        DOCTESTS.replace(
            "# Ours.",
            "new_topic = { path = \"../../examples/01_03_new_topic\" }\n# Ours."
        )
    );
}

#[test]
fn its_crate_works_at_once() {
    let project = book();
    made(
        &project,
        &["01_basics/03_topic.md", "A topic", "--package", "new_topic"],
    );
    let cargo = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet"])
            .current_dir(project.root())
            .env_remove("CARGO_TARGET_DIR")
            .env("RUSTFLAGS", "-Dwarnings")
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}{}",
            stdout(&output),
            stderr(&output)
        );
    };
    cargo(&["test", "--package", "new_topic"]);
    let format = Command::new(env!("CARGO"))
        .args(["fmt", "--check", "--package", "new_topic"])
        .current_dir(project.root())
        .output();
    let format = format.unwrap();
    assert!(format.status.success(), "{}", stdout(&format));
    let exercise = Exercise::find(project.root(), "01_03").unwrap();
    let limits = Limits {
        time: Duration::from_secs(60),
        cancelled: &|| false,
        colours: false,
    };
    let findings = shipped::check(project.root(), &exercise, &limits).unwrap();
    assert!(findings.is_empty(), "{}", findings[0]);
    let output = project.book(&["exercise", "01_03"]);
    assert!(
        stdout(&output).contains("1 of 2 tests pass."),
        "{}{}",
        stdout(&output),
        stderr(&output)
    );
    assert!(
        stdout(&output).contains("TODO: what exercise/exercise.rs holds"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn parts_and_chapters_are_in_the_order_of_their_numbers() {
    let project = book();
    project.write(
        "src/en/SUMMARY.md",
        project.read("src/en/SUMMARY.md") + "\n---\n\n[Terms](terms.md)\n",
    );
    project.write("src/en/terms.md", "# Terms {#terms}\n");
    made(&project, &["04_last/02_b.md", "B", "--part", "Last"]);
    made(&project, &["src/en/02_more/07_x.md", "X", "--part", "More"]);
    made(&project, &["04_last/01_a.md", "A", "--part", "Last"]);
    made(&project, &["00_first/01_z.md", "Z", "--part", "First"]);
    made(&project, &["02_more/08_y.md", "Y"]);
    passes(&project);
    assert_data_eq!(
        project.read("src/en/SUMMARY.md"),
        str![[r#"
# Summary

[Introduction](introduction.md)

# First

- [Z](00_first/01_z.md)

# Basics

- [One](01_basics/01_one.md)
- [Two](01_basics/02_two.md)

# More

- [X](02_more/07_x.md)
- [Y](02_more/08_y.md)

# Last

- [A](04_last/01_a.md)
- [B](04_last/02_b.md)

---

[Terms](terms.md)

"#]]
    );
    let text = |path: &str| project.read(path);
    assert!(text("src/en/04_last/01_a.md").contains("You need [X](../02_more/07_x.md) for TODO."));
    assert!(
        text("src/en/00_first/01_z.md")
            .contains("You need [Introduction](../introduction.md) for TODO.")
    );
}

#[test]
fn what_cannot_be_made_leaves_nothing_behind() {
    let project = book();
    project.write("Cargo.lock", "[[package]]\nname = \"serde\"\n");
    let before = files(&project);
    let chapter = "01_basics/03_topic.md";
    for (arguments, said) in [
        (
            &["01_basics/02_other.md", "T"][..],
            "error[number-taken]: chapter 1.2 is `src/en/01_basics/02_two.md`",
        ),
        (
            &["01_other/03_topic.md", "T"],
            "error[number-taken]: part 1 is `01_basics`",
        ),
        (
            &["02_more/01_topic.md", "T"],
            "error[no-part]: no chapter is in `src/en/02_more`",
        ),
        (
            &[chapter, "T", "--part", "More"],
            "error[part-exists]: the part `src/en/01_basics` is there already, with another title",
        ),
        (
            &["01_basics/03_Topic.md", "T"],
            "error[bad-name]: `01_basics/03_Topic.md` is not a chapter's file",
        ),
        (
            &["01_basics/3_topic.md", "T"],
            "error[bad-name]: `01_basics/3_topic.md` is not a chapter's file",
        ),
        (
            &["01_basics/03_topic", "T"],
            "error[bad-name]: `01_basics/03_topic` is not a chapter's file",
        ),
        (
            &["../03_topic.md", "T"],
            "error[bad-name]: `../03_topic.md` is not a chapter's file",
        ),
        (
            &["src/ru/01_basics/03_topic.md", "T"],
            "error[bad-name]: `src/ru/01_basics/03_topic.md` is not a chapter's file",
        ),
        (
            &[chapter, "T", "--package", "my-topic"],
            "error[bad-name]: `my-topic` is not a package's name in snake case",
        ),
        (
            &["01_basics/03_async.md", "T"],
            "error[bad-name]: no package can be called `async`: the name has a meaning for Rust or cargo",
        ),
        (
            &["01_basics/03_one.md", "T"],
            "error[package-name]: `examples/01_01_one` is called `one`",
        ),
        (
            &["01_basics/03_serde.md", "T"],
            "error[package-name]: Cargo.lock has a package `serde` already",
        ),
        (
            &["01_basics/03_other.md", "T"],
            "error[program-name]: there is a program called `other`: `examples/01_01_one/src/bin/other.rs`",
        ),
        (&[chapter, " "], "error[bad-title]: `` can't be a title"),
        (&[chapter, "A\nB"], "error[bad-title]: `A"),
        (
            &[chapter, "A](b.md"],
            "error[bad-title]: `A](b.md` can't be a title",
        ),
        (
            &["02_more/01_topic.md", "T", "--part", "{#x}"],
            "error[bad-title]: `{#x}` can't be a title",
        ),
    ] {
        let output = new_chapter(&project, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert_eq!(stderr(&output).lines().next(), Some(said), "{arguments:?}");
        assert_eq!(files(&project), before, "{arguments:?}");
    }
    project.edit("ci/doctests/Cargo.toml", "[dependencies]", "[dependencies");
    let output = new_chapter(&project, &[chapter, "T"]);
    assert!(
        stderr(&output).contains("error[bad-toml]"),
        "{}",
        stderr(&output)
    );
    assert!(!project.path("src/en/01_basics/03_topic.md").exists());
    assert!(!project.path("examples/01_03_topic").exists());
}
