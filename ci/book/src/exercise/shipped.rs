//! An exercise as it is shipped fails, and for the reason that `fails.toml` states.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use serde::Deserialize;

use super::{
    Exercise,
    trial::{self, Limits, Test, Trial, Verdict, Version},
};
use crate::{
    diagnostic::Diagnostic,
    example::parse_toml,
    source::{Place, Source},
};

/// `fails.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fails {
    tests: BTreeMap<String, Reason>,
}

/// Why a test fails.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    /// A part of what it says.
    says: String,
    /// Whether it may pass, because threads race in it.
    #[serde(default)]
    sometimes: bool,
}

/// Runs the tests of what is shipped, and compares what they say with `fails.toml`.
///
/// # Errors
///
/// The files can't be read, or the tests can't be run.
pub fn check(
    root: &Path,
    exercise: &Exercise,
    limits: &Limits<'_>,
) -> Result<Vec<Diagnostic>, Diagnostic> {
    let source = Source::read(root, exercise.file("fails.toml"))?;
    let fails: Fails = parse_toml(&source)?;
    match trial::run(root, exercise, Version::Shipped, limits)? {
        Trial::Run(tests) => Ok(compare(&source, &fails, &tests)),
        Trial::Cancelled => Ok(Vec::new()),
        Trial::Refused { messages } => Err(Diagnostic::new(
            "exercise-fails",
            format!("the exercise does not compile:\n{messages}"),
        )
        .in_file(crate::source::display_path(&exercise.file("start.rs")))),
    }
}

fn compare(source: &Arc<Source>, fails: &Fails, tests: &[Test]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let finding = |message: String, place: Place, label: &str| {
        Diagnostic::new("exercise-fails", message).at(place, label)
    };
    for test in tests {
        let Some(reason) = fails.tests.get(&test.name) else {
            if test.verdict != Verdict::Passes {
                findings.push(
                    finding(
                        format!("the test `{}` fails", test.name),
                        source.place(0..0),
                        "it is not told here",
                    )
                    .help(format!("it says:\n{}", test.said)),
                );
            }
            continue;
        };
        let place = place_of(source, &test.name);
        if test.verdict == Verdict::Passes {
            if !reason.sometimes {
                let message = format!("the test `{}` passes", test.name);
                findings.push(finding(message, place, "it shall fail"));
            }
        } else if !test.said.contains(&reason.says) {
            let message = format!("the test `{}` fails for another reason", test.name);
            findings.push(
                finding(message, place, "it does not say this")
                    .help(format!("it says:\n{}", test.said)),
            );
        }
    }
    let known = |name: &str| tests.iter().any(|test| test.name == name);
    for name in fails.tests.keys().filter(|name| !known(name)) {
        let message = format!("there is no test `{name}`");
        findings.push(finding(message, place_of(source, name), "no such test"));
    }
    if fails.tests.is_empty() {
        findings.push(finding(
            "the exercise has nothing to repair".into(),
            source.place(0..0),
            "no test is told to fail",
        ));
    }
    findings
}

/// The line of a test's table.
fn place_of(source: &Arc<Source>, name: &str) -> Place {
    let table = format!("[tests.{name}]");
    let at = source.text.find(&table).unwrap_or_default();
    let end = (at + table.len()).min(source.text.len());
    source.place(at..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAILS: &str =
        "[tests.one]\nsays = \"lost\"\n\n[tests.two]\nsays = \"race\"\nsometimes = true\n";

    fn test(name: &str, verdict: Verdict, said: &str) -> Test {
        Test {
            name: name.into(),
            verdict,
            said: said.into(),
        }
    }

    fn messages(fails: &str, tests: &[Test]) -> Vec<String> {
        let source = Arc::new(Source::new("fails.toml", fails));
        let fails = parse_toml(&source).unwrap();
        compare(&source, &fails, tests)
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    }

    #[test]
    fn what_fails_as_told_is_right() {
        let two = [
            test("two", Verdict::Passes, ""),
            test("two", Verdict::Fails, "a race"),
        ];
        for two in two {
            let tests = [
                test("one", Verdict::Fails, "a wake is lost"),
                two,
                test("three", Verdict::Passes, ""),
            ];
            assert_eq!(messages(FAILS, &tests), [""; 0]);
        }
    }

    #[test]
    fn what_fails_otherwise_is_told() {
        let tests = [
            test("one", Verdict::Passes, ""),
            test("two", Verdict::TooLong, "still running"),
            test("three", Verdict::Fails, "oh"),
        ];
        assert_eq!(
            messages(FAILS, &tests),
            [
                "the test `one` passes",
                "the test `two` fails for another reason",
                "the test `three` fails"
            ]
        );
        assert_eq!(
            messages(FAILS, &tests[2..]),
            [
                "the test `three` fails",
                "there is no test `one`",
                "there is no test `two`"
            ]
        );
        assert_eq!(
            messages("[tests]\n", &[test("one", Verdict::Passes, "")]),
            ["the exercise has nothing to repair"]
        );
    }
}
