//! Runs the examples' programs with unsafe code under [valgrind](https://valgrind.org), and compares its verdicts with those that
//! each crate's `unsafe.toml` states: sound code is clean, and what a chapter breaks is caught.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use book::{
    diagnostic::{Diagnostic, Format, emit},
    example::{Example, parse_toml},
    project::Project,
    run::cargo,
    source::Source,
    terminal::{BAD, GOOD, styled},
};
use serde::Deserialize;

/// The verdict on a program in which nothing is wrong.
const CLEAN: &str = "clean";

/// How valgrind ends if it found an error. No program of the book ends with this code by itself.
const ERRORS: i32 = 99;

/// `unsafe.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    program: Vec<Program>,
}

/// A program, and what valgrind must say of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Program {
    /// A binary of the crate …
    name: Option<String>,
    /// … or a test.
    test: Option<String>,
    #[serde(default)]
    arguments: Vec<String>,
    /// `clean`, or a part of what valgrind says, in lower case.
    verdict: String,
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(findings) => {
            // A closed pipe is no reason to complain.
            let _ = emit(&findings, Format::Human);
            ExitCode::FAILURE
        }
    }
}

/// Whether valgrind says of every program what it must.
fn run() -> Result<bool, Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    let project = Project::here()?;
    let root = &project.root;
    let mut all_right = true;
    for example in Example::all(root).map_err(one)? {
        let path = example.path().join("unsafe.toml");
        if !root.join(&path).exists() {
            continue;
        }
        let source = Source::read(root, &path).map_err(one)?;
        let table: Table = parse_toml(&source).map_err(one)?;
        let files = build(root, &example.package).map_err(one)?;
        for program in &table.program {
            let file = program.file(&files).ok_or_else(|| {
                one(Diagnostic::new(
                    "unsafe",
                    format!("{} has no {}", example.package, program.title()),
                )
                .in_file(source.path.as_str())
                .help("`name` is a binary of the crate, `test` one of its tests"))
            })?;
            all_right &= program.judge(&example.package, file).map_err(one)?;
        }
    }
    Ok(all_right)
}

impl Program {
    fn title(&self) -> String {
        match (&self.name, &self.test) {
            (_, Some(test)) => format!("test {test}"),
            (Some(name), _) => [std::slice::from_ref(name), &self.arguments]
                .concat()
                .join(" "),
            (None, None) => "program without a name".into(),
        }
    }

    /// The compiled program.
    fn file<'a>(&self, files: &'a HashMap<(bool, String), PathBuf>) -> Option<&'a Path> {
        let key = match &self.test {
            Some(test) => (true, test.clone()),
            None => (false, self.name.clone()?),
        };
        files.get(&key).map(PathBuf::as_path)
    }

    /// Runs it under valgrind, and says whether the verdict is the stated one.
    fn judge(&self, package: &str, file: &Path) -> Result<bool, Diagnostic> {
        let output = Command::new("valgrind")
            .args(["--leak-check=full", &format!("--error-exitcode={ERRORS}")])
            // The test harness keeps the handle of its main thread, which valgrind calls "possibly lost".
            .args([
                "--show-leak-kinds=definite",
                "--errors-for-leak-kinds=definite",
            ])
            .arg(file)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| {
                Diagnostic::new("unsafe", format!("valgrind: {error}")).help(
                    "install valgrind (on Debian: apt install valgrind); it runs on Linux only",
                )
            })?;
        // The program may write to standard error, too. Its own words are no verdict.
        let said: String = String::from_utf8_lossy(&output.stderr)
            .to_lowercase()
            .lines()
            .filter(|line| line.starts_with("=="))
            .map(|line| format!("{line}\n"))
            .collect();
        let found_errors = output.status.code() == Some(ERRORS);
        let as_stated = match self.verdict.as_str() {
            CLEAN => !found_errors && said.contains("error summary: 0 errors"),
            verdict => found_errors && said.contains(verdict),
        };
        let mark = if as_stated {
            styled(GOOD, "as stated")
        } else {
            styled(BAD, "otherwise")
        };
        anstream::println!("{mark}  {package}: {}: {}", self.title(), self.verdict);
        if !as_stated {
            anstream::println!("{said}");
        }
        Ok(as_stated)
    }
}

/// One line of what `cargo --message-format=json` prints.
#[derive(Deserialize)]
struct Artifact {
    target: Option<Target>,
    profile: Option<Profile>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Profile {
    /// Whether it is a test program. A binary can be compiled as one, too.
    test: bool,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// Compiles a crate's programs and tests: whether it is a test, and its name.
fn build(root: &Path, package: &str) -> Result<HashMap<(bool, String), PathBuf>, Diagnostic> {
    let output = cargo()
        .args([
            "test",
            "--no-run",
            "--bins",
            "--tests",
            "--quiet",
            "--package",
            package,
        ])
        .args(["--message-format", "json-render-diagnostics"])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Diagnostic::io("cargo", &error))?;
    if !output.status.success() {
        return Err(Diagnostic::new(
            "unsafe",
            format!("{package} does not compile"),
        ));
    }
    Ok(String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Artifact>(line).ok())
        .filter_map(|artifact| {
            let target = artifact.target?;
            let is_test = target.kind.iter().any(|kind| kind == "test");
            let wanted = artifact.profile?.test == is_test;
            wanted.then_some(((is_test, target.name), artifact.executable?))
        })
        .collect())
}
