//! `cargo book exercise`, as a reader uses it: in a small book with one exercise.

mod common;

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Output, Stdio},
};

use common::{Project, stderr, stdout};
use snapbox::{assert_data_eq, str};

const MINE: &str = "examples/01_01_one/exercise/exercise.rs";

const START: &str = "//! Repair it.\n\npub(crate) fn triple(x: i32) -> i32 {\n    x + x\n}\n";

const TESTS: &str = r#"use crate::exercise::triple;

#[test]
fn three_times_nothing_is_nothing() {
    assert_eq!(triple(0), 0);
}

#[test]
fn three_times_two_is_six() {
    let three = triple(2);
    assert!(three == 6, "three times two is {three}");
}
"#;

/// The book with its exercise, and a workspace around the example.
fn book() -> Project {
    let project = Project::new();
    project.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"examples/*\"]\n",
    );
    project.write(
        "examples/01_01_one/Cargo.toml",
        "[package]\nname = \"one\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[[test]]\nname = \"start\"\ntest = false\n\n[[test]]\nname = \"exercise\"\ntest = false\n",
    );
    for (name, text) in [
        ("start", START),
        ("tests", TESTS),
        (
            "solution",
            "//! Repaired.\n\npub(crate) fn triple(x: i32) -> i32 {\n    3 * x\n}\n",
        ),
    ] {
        project.write(&format!("examples/01_01_one/exercise/{name}.rs"), text);
    }
    for (name, skip) in [
        ("start", ""),
        ("exercise", "#[rustfmt::skip]\n"),
        ("solution", ""),
    ] {
        project.write(
            &format!("examples/01_01_one/tests/{name}.rs"),
            format!("{skip}#[path = \"../exercise/{name}.rs\"]\nmod exercise;\n#[path = \"../exercise/tests.rs\"]\nmod tests;\n"),
        );
    }
    project.write(
        "examples/01_01_one/exercise/fails.toml",
        "[tests.three_times_two_is_six]\nsays = \"three times two is 4\"\n",
    );
    let section = |task: &str, hint: &str| {
        format!(
            "\n## Exercise {{#exercise}}\n\n{task}\n\n```console\n$ cargo book exercise 01_01\n```\n\n<details>\n<summary>?</summary>\n\n{hint}\n\n</details>\n"
        )
    };
    for (tag, task, hint) in [
        (
            "en",
            "Let `triple` [triple](02_two.md):",
            "Count the *summands*.",
        ),
        ("fa", "`triple` را [درست](02_two.md) کنید:", "بشمارید."),
    ] {
        let chapter = format!("src/{tag}/01_basics/01_one.md");
        let text = project.read(&chapter) + &section(task, hint);
        project.write(&chapter, text);
    }
    project
}

fn exercise(project: &Project, arguments: &[&str]) -> Output {
    let mut all = vec!["exercise"];
    all.extend(arguments);
    project.book(&all)
}

#[test]
fn the_book_with_an_exercise_is_a_good_book() {
    let output = book().book(&["check"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn the_first_try_makes_the_readers_file_and_says_what_is_wrong() {
    let project = book();
    let output = exercise(&project, &["01_01"]);
    assert_eq!(output.status.code(), Some(1));
    assert_data_eq!(
        stdout(&output),
        str![[r#"
Exercise 01_01: One
  edit   examples/01_01_one/exercise/exercise.rs
  tests  examples/01_01_one/exercise/tests.rs

Let triple triple:

  passes  three times nothing is nothing
  fails   three times two is six
          three times two is 4

1 of 2 tests pass. If you are stuck: cargo book exercise 01_01 --hint

"#]]
    );
    assert_eq!(stderr(&output), "", "quiet in a pipe");
    assert_eq!(project.read(MINE), START);
}

#[test]
fn a_solved_exercise_is_a_success() {
    let project = book();
    project.write(
        MINE,
        "pub(crate) fn triple(x: i32) -> i32 {\n    x + x + x\n}\n",
    );
    let output = exercise(&project, &["1.1"]);
    assert!(output.status.success());
    let said = stdout(&output);
    assert!(
        said.ends_with(
            "\nSolved: all 2 tests pass. Compare: cargo book exercise 01_01 --solution\n"
        ),
        "{said}"
    );
}

#[test]
fn the_compilers_words_are_shown_and_nothing_else_breaks() {
    let project = book();
    project.write(MINE, "pub(crate) fn triple(x: i32) -> i32 {\n    x +\n}\n");
    let output = exercise(&project, &["one"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stdout(&output);
    assert!(
        said.contains("error: expected expression, found `}`"),
        "{said}"
    );
    assert!(said.contains("exercise.rs:3:1"), "{said}");
    assert!(
        said.ends_with("\nThe compiler refuses your file.\n"),
        "{said}"
    );

    // The rest of the workspace does not notice: neither the tests nor the checks nor the formatter.
    for arguments in [
        &["test", "--quiet"][..],
        &["test", "--quiet", "--all-targets"],
        &["fmt", "--all"],
    ] {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(project.root())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
    let output = project.book(&["check"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn a_test_that_hangs_or_ends_the_process_does_not_hide_the_others() {
    let project = book();
    project.write(
        MINE,
        "pub(crate) fn triple(x: i32) -> i32 {\n    if x == 0 {\n        std::process::abort();\n    }\n    loop {\n        std::thread::yield_now();\n    }\n}\n",
    );
    let output = exercise(&project, &["01_01", "--limit", "1"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stdout(&output);
    assert!(
        said.contains("  fails   three times nothing is nothing\n"),
        "{said}"
    );
    assert!(
        said.contains(
            "  hangs   three times two is six\n          still running after 1 s, and stopped\n"
        ),
        "{said}"
    );
    assert!(said.contains("\n0 of 2 tests pass."), "{said}");
}

#[test]
fn code_that_ends_the_process_has_not_solved_anything() {
    let project = book();
    project.write(
        MINE,
        "pub(crate) fn triple(_: i32) -> i32 {\n    std::process::exit(0)\n}\n",
    );
    let output = exercise(&project, &["01_01"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stdout(&output);
    assert!(
        said.contains("the process ended before the test did"),
        "{said}"
    );
}

#[test]
fn a_test_that_prints_without_end_fills_no_disk() {
    let project = book();
    project.write(
        MINE,
        "use std::io::Write;\n\npub(crate) fn triple(_: i32) -> i32 {\n    let mut out = std::io::stderr();\n    for _ in 0..100_000 {\n        let _ = out.write_all(&[b'x'; 100]);\n    }\n    1\n}\n",
    );
    let output = exercise(&project, &["01_01"]);
    assert_eq!(output.status.code(), Some(1));
    let length = output.stdout.len();
    assert!(length < 100_000, "{length} bytes");
}

#[test]
fn the_task_is_told_in_the_readers_language() {
    let project = book();
    let output = exercise(&project, &["01_01", "--edition", "fa"]);
    assert!(
        stdout(&output).contains("\ntriple را درست کنید:\n"),
        "{}",
        stdout(&output)
    );
    let output = exercise(&project, &["01_01", "--edition", "fa", "--hint"]);
    assert_eq!(stdout(&output), "بشمارید.\n\n");
    let output = exercise(&project, &["01_01", "--edition", "xx"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("there is no edition `xx`"));
    assert!(stderr(&output).contains("there are en, fa"));
}

#[test]
fn the_hint_comes_when_it_is_asked_for() {
    let project = book();
    let output = exercise(&project, &["01_01", "--hint"]);
    assert!(output.status.success());
    assert_eq!(stdout(&output), "Count the summands.\n\n");
    assert!(!project.path(MINE).exists(), "a hint begins nothing");
}

#[test]
fn the_solution_is_a_difference_to_the_readers_file() {
    let project = book();
    project.write(
        MINE,
        "//! Mine.\n\npub(crate) fn triple(x: i32) -> i32 {\n    2 * x\n}\n",
    );
    let output = exercise(&project, &["01_01", "--solution"]);
    assert!(output.status.success());
    assert_data_eq!(
        stdout(&output),
        str![[r#"
--- examples/01_01_one/exercise/exercise.rs
+++ examples/01_01_one/exercise/solution.rs
@@ -1,5 +1,5 @@
-//! Mine.
+//! Repaired.
 
 pub(crate) fn triple(x: i32) -> i32 {
-    2 * x
+    3 * x
 }

"#]]
    );
    let mine = project.read("examples/01_01_one/exercise/solution.rs");
    project.write(MINE, mine);
    let output = exercise(&project, &["01_01", "--solution"]);
    assert_eq!(
        stdout(&output),
        "Your file is the solution, letter by letter.\n"
    );
}

#[test]
fn a_reset_keeps_what_the_reader_wrote() {
    let project = book();
    for (number, mine) in [(1, "// First.\n"), (2, "// Second.\n")] {
        project.write(MINE, mine);
        let output = exercise(&project, &["01_01", "--reset"]);
        assert!(output.status.success());
        let kept = format!("examples/01_01_one/exercise/exercise.{number}.rs");
        assert!(stdout(&output).contains(&kept), "{}", stdout(&output));
        assert_eq!(project.read(&kept), mine);
        assert_eq!(project.read(MINE), START);
    }
    let output = exercise(&project, &["01_01", "--reset"]);
    assert!(output.status.success());
    assert!(
        !project
            .path("examples/01_01_one/exercise/exercise.3.rs")
            .exists(),
        "there was nothing to keep"
    );
}

#[test]
fn progress_is_counted_from_what_passes() {
    let project = book();
    let list = || stdout(&exercise(&project, &[]));
    let next = " The next one: cargo book exercise 01_01\n";
    let none = "\n0 of 1 exercises are solved.";
    assert_eq!(list(), format!("  01_01  One  not begun\n{none}{next}"));
    exercise(&project, &["01_01"]);
    assert_eq!(
        list(),
        format!("  01_01  One  not begun\n{none}{next}"),
        "nothing is changed yet"
    );
    project.write(MINE, "pub(crate) fn triple(x: i32) -> i32 {\n    x\n}\n");
    assert_eq!(
        list(),
        format!("  01_01  One  1 of 2 tests pass\n{none}{next}")
    );
    project.write(MINE, "fn\n");
    assert_eq!(
        list(),
        format!("  01_01  One  does not compile\n{none}{next}")
    );
    project.write(MINE, b"\xFF");
    assert_eq!(
        list(),
        format!("  01_01  One  does not compile\n{none}{next}")
    );
    project.write(
        MINE,
        "pub(crate) fn triple(x: i32) -> i32 {\n    3 * x\n}\n",
    );
    assert_eq!(
        list(),
        "  01_01  One  solved\n\n1 of 1 exercises are solved.\n"
    );
}

#[test]
fn a_machine_gets_json() {
    let project = book();
    let parse =
        |output: &Output| -> serde_json::Value { serde_json::from_slice(&output.stdout).unwrap() };
    let one = exercise(&project, &["01_01", "--format", "json"]);
    assert_eq!(one.status.code(), Some(1));
    assert_data_eq!(
        format!("{:#}\n", parse(&one)),
        str![[r#"
{
  "chapter": "01_01",
  "file": "examples/01_01_one/exercise/exercise.rs",
  "messages": null,
  "state": "begun",
  "task": "Let `triple` [triple](02_two.md):",
  "tests": [
    {
      "name": "three_times_nothing_is_nothing",
      "said": "",
      "verdict": "passes"
    },
    {
      "name": "three_times_two_is_six",
      "said": "three times two is 4",
      "verdict": "fails"
    }
  ],
  "title": "One"
}

"#]]
    );
    project.write(MINE, "fn\n");
    let refused = parse(&exercise(&project, &["01_01", "--format", "json"]));
    assert_eq!(refused["state"], "refused");
    assert!(
        refused["messages"].as_str().unwrap().contains("error"),
        "{refused}"
    );
    let list = parse(&exercise(&project, &["--format", "json"]));
    assert_eq!(list["exercises"][0]["state"], "refused");
    assert_eq!(list["exercises"][0]["tests"], serde_json::Value::Null);
}

#[test]
fn an_unknown_exercise_is_answered_with_the_known_ones() {
    let output = exercise(&book(), &["07_07"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("no chapter `07_07` has an exercise"));
    assert!(stderr(&output).contains("there are 01_01 (one)"));
}

/// A watching tool, which ends with the test.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn what_is_saved_is_tried_again() {
    let project = book();
    // A test that runs for a minute, unless a newer version makes its result worthless.
    project.write(
        MINE,
        "pub(crate) fn triple(_: i32) -> i32 {\n    std::thread::sleep(std::time::Duration::from_secs(60));\n    1\n}\n",
    );
    let mut watching = Watching(
        project
            .command(&["exercise", "01_01", "--watch", "--limit", "60"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let mut lines = BufReader::new(watching.0.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    assert!(lines.any(|line| line == "Let triple triple:"));
    let mut until = |start: &str| {
        let line = lines.find(|line| line.starts_with(start));
        assert!(line.is_some(), "the output ended before `{start}`");
    };
    project.write(MINE, START);
    until("1 of 2 tests pass.");
    project.write(MINE, "fn\n");
    until("The compiler refuses your file.");
    project.write(
        MINE,
        "pub(crate) fn triple(x: i32) -> i32 {\n    3 * x\n}\n",
    );
    until("Solved: all 2 tests pass.");
}
