//! An exercise's tests, run: each in a process of its own, so that one that hangs or aborts does not hide the others.

use std::{
    io::{self, Read},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{Arc, LazyLock, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use regex::Regex;
use serde::Serialize;

use super::Exercise;
use crate::{
    diagnostic::Diagnostic,
    run::{cargo, executable, messages},
};

/// How long one test may run, if the reader does not say otherwise.
pub const LIMIT: Duration = Duration::from_secs(30);

/// How much of what a test says is kept. A loop that prints could fill a disk.
const KEPT: usize = 32 * 1024;

/// Which file is tested: each has a test target of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `exercise.rs`, the reader's.
    Readers,
    /// `start.rs`, what the reader gets.
    Shipped,
}

/// When to stop a test.
pub struct Limits<'a> {
    /// The longest that one test may run.
    pub time: Duration,
    /// Whether the result is no longer wanted.
    pub cancelled: &'a dyn Fn() -> bool,
    /// Whether the compiler's words are for a terminal, with colours.
    pub colours: bool,
}

/// What the tests say of a version.
#[derive(Debug)]
pub enum Trial {
    /// The compiler refuses the file.
    Refused {
        /// What the compiler says.
        messages: String,
    },
    /// The tests ran.
    Run(Vec<Test>),
    /// Nobody wanted the result any more.
    Cancelled,
}

/// What became of a test.
#[derive(Debug, Serialize)]
pub struct Test {
    /// Its name, without that of its module.
    pub name: String,
    /// Whether it passed.
    pub verdict: Verdict,
    /// What a failed test said, without the words of the test harness.
    pub said: String,
}

/// Whether a test passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It did.
    Passes,
    /// It did not.
    Fails,
    /// It was stopped, because it took too long.
    TooLong,
}

impl Trial {
    /// How many tests passed, and how many there are.
    pub fn passed(&self) -> Option<[usize; 2]> {
        let Self::Run(tests) = self else { return None };
        let passed = tests
            .iter()
            .filter(|test| test.verdict == Verdict::Passes)
            .count();
        Some([passed, tests.len()])
    }
}

/// Compiles a version of an exercise, and runs its tests one after the other.
///
/// # Errors
///
/// Cargo can't be started, or fails for a reason that has nothing to do with the file.
pub fn run(
    root: &Path,
    exercise: &Exercise,
    version: Version,
    limits: &Limits<'_>,
) -> Result<Trial, Diagnostic> {
    let program = match build(root, exercise, version, limits.colours)? {
        Ok(program) => program,
        Err(messages) => return Ok(Trial::Refused { messages }),
    };
    let folder = root.join(exercise.example.path());
    let mut tests = Vec::new();
    for name in list(&program, &folder)? {
        let Some(test) = test(&program, &folder, &name, limits)? else {
            return Ok(Trial::Cancelled);
        };
        tests.push(test);
    }
    Ok(Trial::Run(tests))
}

/// The test program, or what the compiler says instead.
fn build(
    root: &Path,
    exercise: &Exercise,
    version: Version,
    colours: bool,
) -> Result<Result<PathBuf, String>, Diagnostic> {
    let target = match version {
        Version::Readers => "exercise",
        Version::Shipped => "start",
    };
    let format = if colours {
        "json-diagnostic-rendered-ansi"
    } else {
        "json"
    };
    let package = exercise.example.package.as_str();
    let output = cargo()
        .args(["test", "--quiet", "--no-run"])
        .args(["--package", package, "--test", target])
        .args(["--message-format", format])
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Diagnostic::io("cargo", &error))?;
    let messages = messages(&output.stdout);
    let program = executable(&messages, target);
    if output.status.success()
        && let Some(program) = program
    {
        return Ok(Ok(program));
    }
    let said: Vec<String> = messages
        .into_iter()
        .filter(|message| message.is_of(target) && message.reason == "compiler-message")
        // Without a place it is the compiler's own summary.
        .filter_map(|message| message.message.filter(|inner| !inner.spans.is_empty()))
        .filter_map(|message| message.rendered)
        .collect();
    if said.is_empty() {
        return Err(failed("cargo test", &output));
    }
    Ok(Err(said.join("\n").trim_end().to_owned()))
}

/// The names of the tests, in the harness's order.
fn list(program: &Path, folder: &Path) -> Result<Vec<String>, Diagnostic> {
    let output = Command::new(program)
        .args(["--list", "--format", "terse"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Diagnostic::io(&program.display().to_string(), &error))?;
    let names: Vec<String> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| line.strip_suffix(": test").map(str::to_owned))
        .collect();
    if names.is_empty() {
        return Err(failed("the test program", &output));
    }
    Ok(names)
}

fn failed(what: &str, output: &Output) -> Diagnostic {
    let said = String::from_utf8_lossy(&output.stderr);
    Diagnostic::new(
        "exercise",
        format!("{what} failed ({}):\n{}", output.status, said.trim()),
    )
}

/// Runs one test. `None` if nobody wants to know any more.
fn test(
    program: &Path,
    folder: &Path,
    name: &str,
    limits: &Limits<'_>,
) -> Result<Option<Test>, Diagnostic> {
    let fail = |error: io::Error| Diagnostic::io(&program.display().to_string(), &error);
    // One pipe for both streams keeps their lines in order.
    let (reader, writer) = io::pipe().map_err(fail)?;
    let mut command = Command::new(program);
    command
        .args([name, "--exact", "--color", "never"])
        .current_dir(folder)
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(writer.try_clone().map_err(fail)?)
        .stderr(writer);
    let mut child = command.spawn().map_err(fail)?;
    // Our ends of the pipe. While they are open, it has no end.
    drop(command);
    let (kept, at_end) = keep(reader);

    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(fail)? {
            break Some(status);
        }
        let cancelled = (limits.cancelled)();
        if cancelled || begun.elapsed() > limits.time {
            // It may have ended in this moment, which is as good.
            let _ = child.kill();
            child.wait().map_err(fail)?;
            if cancelled {
                return Ok(None);
            }
            break None;
        }
        thread::sleep(Duration::from_millis(2));
    };
    // A process that the test has left behind may hold the pipe open. It gets a moment.
    let _ = at_end.recv_timeout(Duration::from_secs(1));
    let output =
        String::from_utf8_lossy(&kept.lock().expect("the reader does not panic")).into_owned();
    let (verdict, said) = match status {
        // The harness says so, too: code that ends the process would look like a success.
        Some(status) if status.success() && output.contains("test result: ok. 1 passed") => {
            (Verdict::Passes, String::new())
        }
        Some(status) if status.success() => {
            let said = "the process ended before the test did".to_owned();
            (Verdict::Fails, said)
        }
        Some(_) => (Verdict::Fails, own_words(&output, name)),
        None => {
            let seconds = limits.time.as_secs();
            let said = format!("still running after {seconds} s, and stopped");
            (Verdict::TooLong, said)
        }
    };
    Ok(Some(Test {
        name: name.rsplit("::").next().unwrap_or(name).to_owned(),
        verdict,
        said,
    }))
}

/// Reads to the end on a thread of its own, keeps the first bytes, and says when there are no more.
fn keep(mut reader: io::PipeReader) -> (Arc<Mutex<Vec<u8>>>, mpsc::Receiver<()>) {
    let kept = Arc::new(Mutex::new(Vec::new()));
    let (end, at_end) = mpsc::channel();
    let into = Arc::clone(&kept);
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            let mut kept = into.lock().expect("nothing panics with the lock");
            let room = KEPT.saturating_sub(kept.len()).min(count);
            kept.extend_from_slice(&buffer[..room]);
        }
        // Fails only if nobody waits for us any more.
        let _ = end.send(());
    });
    (kept, at_end)
}

static PANIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^thread '.*?'(?: \(\d+\))? panicked at (.+):(\d+):\d+:\n")
        .expect("a valid pattern")
});

/// What a failed test itself has said: the harness repeats it below the test's name.
fn own_words(output: &str, name: &str) -> String {
    let marker = format!("---- {name} stdout ----\n");
    let said = match output.split_once(&marker) {
        Some((_, said)) => said.split("\n\nfailures:\n").next().unwrap_or(said),
        // The whole process has ended: an abort, or an overflow of the stack.
        None => output.trim_start().trim_start_matches("running 1 test"),
    };
    let said = PANIC.replace_all(said, |panic: &regex::Captures<'_>| {
        // Two tests in the tests' file are told by their messages. A panic elsewhere is told by its place, too.
        let file = &panic[1];
        if file.ends_with("exercise/tests.rs") {
            String::new()
        } else {
            let file = file.replace("tests/../", "");
            format!("panicked at {file}:{}:\n", &panic[2])
        }
    });
    said.lines()
        .filter(|line| !line.starts_with("note: run with `RUST_BACKTRACE"))
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_quoted_without_its_harness() {
        let output = "\nrunning 1 test\ntest tests::a ... FAILED\n\nfailures:\n\n---- tests::a stdout ----\nprinted\n\nthread '<unnamed>' (12) panicked at examples/02_03_timer/tests/../exercise/tests.rs:37:5:\nstill pending\n  left: 1\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n\n\nfailures:\n    tests::a\n\ntest result: FAILED. 0 passed; 1 failed\n\n";
        assert_eq!(
            own_words(output, "tests::a"),
            "printed\n\nstill pending\n  left: 1"
        );
    }

    #[test]
    fn a_panic_in_the_readers_file_has_a_place() {
        let output = "---- tests::a stdout ----\n\nthread 'tests::a' (12) panicked at examples/02_03_timer/tests/../exercise/exercise.rs:7:5:\nnot yet implemented\n";
        assert_eq!(
            own_words(output, "tests::a"),
            "panicked at examples/02_03_timer/exercise/exercise.rs:7:\nnot yet implemented"
        );
    }

    #[test]
    fn a_test_that_ends_its_process_is_quoted_as_it_is() {
        let output = "\nrunning 1 test\n\nthread 'tests::a' (3) has overflowed its stack\nfatal runtime error: stack overflow, aborting\n";
        assert_eq!(
            own_words(output, "tests::a"),
            "thread 'tests::a' (3) has overflowed its stack\nfatal runtime error: stack overflow, aborting"
        );
    }
}
