//! The command line of `cargo book record`, and what it does.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    sync::LazyLock,
    time::Duration,
};

use clap::Args;
use regex::Regex;
use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use super::{
    compare::differences,
    copy::{Workspace, build_original},
    execute::{End, Limits, Run, execute, words},
    plan::{Ending, FOLDER, Plan},
    trace::{self, Event, bad_end},
};
use crate::{
    diagnostic::Diagnostic,
    example::Example,
    project::Project,
    recording::Recording,
    source::Source,
    staging,
    terminal::{self, Format},
};

/// What `cargo book record` can be told.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The chapter's number (02_03 or 2.3) or the name of its crate; without one, all chapters
    chapter: Option<String>,
    /// Write what is new in the place of the recordings that are there
    #[arg(long)]
    bless: bool,
    /// Record a program of your own, a single file, and make a page of it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["chapter", "bless"])]
    file: Option<PathBuf>,
    /// Show the page in a browser
    #[arg(long, requires = "file")]
    open: bool,
    /// How long a program may run, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 20.0)]
    limit: f32,
    /// How to write the result
    #[arg(long, value_enum, default_value_t, conflicts_with = "file")]
    format: Format,
}

/// What a recording can't do, for `--help`.
pub const LIMITS: &str = "\
What is recorded:
  One thread runs at a time, until it waits; time passes when all wait. So a program that races does the same in every
  run, and what it does is one of the orders that it may have on your machine.
  Seen are threads (spawn, scope, Builder, park, sleep), Mutex, Condvar and mpsc of std; wakers made by `Waker::from`,
  `Waker::new` and `Waker::from_raw`, and those that a library gives to a poll; polls of your own futures, of async
  blocks, and of async functions that are called by their names; the variants of enums in a future.
What is not:
  Code of other crates; RwLock, Barrier and Once are not seen as such, and who waits in them loses its
  turn after 50 ms. Wakers made by `into()`. Code in macros, but for the arguments of `join!`. Futures are larger in the
  copy, so a program that prints sizes, addresses or times prints something else: the book does not take such a run, and
  a page of your own is made with a warning.
The limits:
  20 seconds (--limit), 1 MB on each of stdout and stderr, 20000 events; a page shows 2000 steps.
  A program of your own is one file of edition 2024, and has std and the crate futures.";

/// How many bytes a program may print. A loop that prints could fill a disk.
const MOST_OUTPUT: usize = 1024 * 1024;

/// What became of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// There was no recording, and now there is.
    New,
    /// The recording that is there says the same.
    Same,
    /// The recording that was there said something else, and has been replaced.
    Changed,
}

#[derive(Serialize)]
struct Row {
    recording: String,
    program: String,
    steps: usize,
    verdict: Verdict,
}

/// Runs the command in the book that the current folder is in.
///
/// # Errors
///
/// There is no such chapter; a plan, a source or a recording can't be read; a program can't be compiled or run, or
/// prints something else when it is recorded; a program does not do what its recording says.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Vec<Diagnostic>> {
    let limits = Limits {
        time: Duration::try_from_secs_f32(arguments.limit).map_err(|_| {
            vec![Diagnostic::new(
                "bad-limit",
                "the limit is a number of seconds",
            )]
        })?,
        output: MOST_OUTPUT,
    };
    let root = Project::root_here().map_err(one)?;
    if let Some(file) = &arguments.file {
        return super::own::record(&root, file, arguments.open, limits).map_err(one);
    }
    let examples = Example::all(&root).map_err(one)?;
    let examples = match &arguments.chapter {
        None => examples,
        Some(chapter) => vec![Example::find(examples, chapter).map_err(one)?],
    };
    let mut plans = Vec::new();
    for example in &examples {
        plans.push((example, Plan::all(&root, example)?));
    }
    plans.retain(|(_, plans)| !plans.is_empty());
    let count = plans.iter().map(|(_, plans)| plans.len()).sum();
    if count == 0 {
        let folder = examples.first().map_or_else(String::new, |example| {
            format!("{}/{FOLDER}/NAME.toml", example.path().display())
        });
        return Err(one(Diagnostic::new(
            "no-recording",
            "nothing is to be recorded here",
        )
        .help(format!(
            "say what to record in {folder}: CONTRIBUTING.md tells how"
        ))));
    }
    let bar = terminal::progress(count, "recordings");
    let mut rows = Vec::new();
    let mut findings = Vec::new();
    for (example, plans) in &plans {
        let workspace = match Workspace::of_example(&root, example) {
            Ok(workspace) => workspace,
            Err(finding) => {
                findings.push(finding);
                bar.inc(plans.len() as u64);
                continue;
            }
        };
        for plan in plans {
            match keep(&root, &workspace, plan, limits, arguments.bless) {
                Ok((recording, verdict)) => rows.push(Row {
                    recording: plan.recording().display().to_string(),
                    program: recording.program,
                    steps: recording.steps.len(),
                    verdict,
                }),
                Err(finding) => findings.push(finding),
            }
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    tell(&rows, arguments.format);
    if findings.is_empty() {
        Ok(ExitCode::SUCCESS)
    } else {
        Err(findings)
    }
}

fn one(finding: Diagnostic) -> Vec<Diagnostic> {
    vec![finding]
}

fn tell(rows: &[Row], format: Format) {
    if format == Format::Json {
        let json = serde_json::json!({ "recordings": rows });
        terminal::print(format!("{json}\n"));
        return;
    }
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let verdict = match row.verdict {
                Verdict::New => "new",
                Verdict::Same => "the same",
                Verdict::Changed => "replaced",
            };
            vec![
                row.recording.clone(),
                format!("{} steps", row.steps),
                verdict.to_owned(),
            ]
        })
        .collect();
    terminal::print(terminal::table(&rows));
}

/// Records a plan, and compares what comes out with what is there, or writes it.
///
/// # Errors
///
/// As [`record`], and: the recording that is there says something else, and is not to be replaced.
fn keep(
    root: &Path,
    workspace: &Workspace,
    plan: &Plan,
    limits: Limits,
    bless: bool,
) -> Result<(Recording, Verdict), Diagnostic> {
    let recording = record(root, workspace, plan, limits)?;
    let path = plan.recording();
    let verdict = if root.join(&path).is_file() {
        let source = Source::read(root, &path)?;
        let old = Recording::parse(&source);
        let differences = match &old {
            Ok(old) => differences(old, &recording),
            Err(_) if bless => vec![String::new()],
            Err(_) => return Err(old.expect_err("it is an error")),
        };
        match (differences.is_empty(), bless) {
            // The same in another order: the one that is there stays, so that the chapter's links do.
            (true, _) => return Ok((recording, Verdict::Same)),
            (false, true) => Verdict::Changed,
            (false, false) => {
                return Err(Diagnostic::new(
                    "changed-recording",
                    format!(
                        "`{}` does not do what its recording says:\n{}",
                        plan.view.program,
                        differences.join("\n")
                    ),
                )
                .in_file(source.path.clone())
                .help(format!(
                    "if it is to do this now: `cargo book record {} --bless`, and look at the chapter's links to steps",
                    plan.example.number()
                )));
            }
        }
    } else {
        Verdict::New
    };
    staging::write(root, &path, &recording.to_json())?;
    Ok((recording, verdict))
}

/// Records the program of a plan.
///
/// # Errors
///
/// The program can't be compiled, copied or run; or it prints something else when it is recorded.
fn record(
    root: &Path,
    workspace: &Workspace,
    plan: &Plan,
    limits: Limits,
) -> Result<Recording, Diagnostic> {
    let original = build_original(root, &plan.example.package, &plan.program)?;
    let copy = workspace.build(&plan.example.package, &plan.program)?;
    let started = Started {
        folder: &root.join(plan.example.path()),
        arguments: &plan.arguments,
        limits,
    };
    let (run, events) = started.copy(&copy)?;
    match (bad_end(&events, run.end), plan.ends.map(Ending::name)) {
        (Some((_event, finding)), ends) if Some(finding.rule) != ends => {
            return Err(finding.in_file(plan.source.path.clone()).help(
                "a recording may be about a `panic` or a `deadlock`: then say so in its plan, `ends = \"panic\"`",
            ));
        }
        (None, Some(ends)) => {
            let message = format!("the program does not end in a {ends}");
            return Err(Diagnostic::new("good-end", message)
                .in_file(plan.source.path.clone())
                .help("make it, or take `ends` out of the plan"));
        }
        _ => {}
    }
    started.compare_output(&original, &run, &events).map_err(|finding| {
        finding.in_file(plan.source.path.clone()).help(
            "a program that prints times, addresses or sizes of futures can't be recorded: print something else",
        )
    })?;
    Ok(trace::recording(events, &plan.view))
}

/// How a program is started.
pub(super) struct Started<'a> {
    pub(super) folder: &'a Path,
    pub(super) arguments: &'a [String],
    pub(super) limits: Limits,
}

impl Started<'_> {
    fn run(&self, program: &Path, trace: Option<&Path>, limits: Limits) -> Result<Run, Diagnostic> {
        let mut command = Command::new(program);
        command
            .args(self.arguments)
            .current_dir(self.folder)
            .env("RUST_BACKTRACE", "0")
            .env_remove("RECORDING");
        if let Some(trace) = trace {
            command.env("RECORDING", trace);
        }
        execute(&mut command, limits)
            .map_err(|error| Diagnostic::io(&program.display().to_string(), &error))
    }

    /// Runs the copy. If a limit has ended it, this is its last event.
    pub(super) fn copy(&self, program: &Path) -> Result<(Run, Vec<Event>), Diagnostic> {
        let folder = tempfile::tempdir()
            .map_err(|error| Diagnostic::io("the folder of the trace", &error))?;
        let trace = folder.path().join("trace");
        let run = self.run(program, Some(&trace), self.limits)?;
        let text = match fs::read_to_string(&trace) {
            // No probe has been executed.
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            text => text.map_err(|error| Diagnostic::io(&trace.display().to_string(), &error))?,
        };
        let mut events = trace::read(&text).map_err(|error| {
            Diagnostic::new(
                "bad-trace",
                format!("the program's trace can't be read: {error}"),
            )
            .help("this is a fault of the recorder, and not of your program")
        })?;
        match run.end {
            End::Time => events.push(Event::cut("time", &events)),
            End::Output => events.push(Event::cut("output", &events)),
            End::Exit(_) => {}
        }
        if events.is_empty() {
            return Err(Diagnostic::new(
                "unrecordable",
                "the program did nothing that can be recorded",
            )
            .help(format!(
                "it ended by itself: {}",
                words(run.end, self.limits)
            )));
        }
        Ok((run, events))
    }

    /// Runs the original, and compares what both print.
    pub(super) fn compare_output(
        &self,
        original: &Path,
        copy: &Run,
        events: &[Event],
    ) -> Result<(), Diagnostic> {
        let hangs = events.last().is_some_and(|event| event.is("deadlock"));
        let limits = Limits {
            // A program that hangs has printed all that it will.
            time: if hangs {
                self.limits.time.min(HANGS)
            } else {
                self.limits.time
            },
            ..self.limits
        };
        let run = self.run(original, None, limits)?;
        let same_end = match (run.end, copy.end) {
            (End::Time, End::Exit(_)) => hangs,
            (End::Exit(a), End::Exit(b)) => a == b && !hangs,
            (a, b) => a == b,
        };
        let expected = [&run.stdout, &run.stderr].map(|text| comparable(text));
        let got = [&copy.stdout, &copy.stderr].map(|text| comparable(text));
        // What a limit has cut off is cut off anywhere.
        let is_cut = matches!(copy.end, End::Time | End::Output);
        let same = expected.iter().zip(&got).all(|(expected, got)| {
            expected == got || is_cut && (expected.starts_with(got) || got.starts_with(expected))
        });
        if same && same_end {
            return Ok(());
        }
        let mut message = "the program does something else when it is recorded".to_owned();
        if !same_end {
            let (own, recorded) = (words(run.end, limits), words(copy.end, limits));
            message += &format!(":\nby itself: {own}\nrecorded: {recorded}");
        }
        let (expected, got) = (expected.concat(), got.concat());
        let diff = TextDiff::from_lines(&expected, &got);
        let changes = diff
            .iter_all_changes()
            .filter(|change| change.tag() != ChangeTag::Equal);
        for change in changes.take(MOST_LINES) {
            message += &format!("\n{} {}", change.tag(), change.value().trim_end());
        }
        Err(Diagnostic::new("changed-output", message))
    }
}

/// How long we wait for a program of which we know that it hangs.
const HANGS: Duration = Duration::from_secs(2);

/// How many lines of difference are shown.
const MOST_LINES: usize = 20;

static PANIC: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(thread '.*?')(?: \(\d+\))?( panicked at .+:\d+):\d+:").expect("a valid pattern")
});

static OVERFLOW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(thread '.*?') \(\d+\)( has overflowed its stack)").expect("a valid pattern")
});

/// Of a panic in a panic, which the standard library always shows.
static BACKTRACE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^stack backtrace:\n(?: .*\n)*").expect("a valid pattern"));

/// What a program prints, without what is not its own: the system's number of a thread, a panic's column, which is
/// another one in a line with probes, and the addresses of a backtrace.
fn comparable(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let text = PANIC.replace_all(&text, "$1$2");
    let text = OVERFLOW.replace_all(&text, "$1$2");
    BACKTRACE.replace_all(&text, "").into_owned()
}
