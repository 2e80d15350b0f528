//! What is to be recorded: `examples/NAME/recordings/ID.toml`.

use std::{
    collections::BTreeSet,
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::Deserialize;

use crate::{
    anchor::anchors,
    diagnostic::Diagnostic,
    example::{Example, parse_toml},
    source::{Source, display_path},
};

/// The folder of a crate in which its recordings are.
pub(super) const FOLDER: &str = "recordings";

/// The events that can be left out of a recording.
const EVENTS: [&str; 40] = [
    "line",
    "created",
    "queued",
    "taken",
    "finished",
    "idle",
    "poll",
    "pending",
    "ready",
    "suspend",
    "resume",
    "waker",
    "clone",
    "drop",
    "wake",
    "spawn",
    "start",
    "end",
    "join",
    "join_wait",
    "park",
    "unpark",
    "unparked",
    "lock",
    "lock_wait",
    "unlock",
    "condvar_wait",
    "notify",
    "send",
    "send_wait",
    "receive",
    "receive_wait",
    "closed",
    "timer",
    "fired",
    "cancelled",
    "state",
    "panic",
    "deadlock",
    "cut",
];

/// A recording to be made.
#[derive(Debug)]
pub struct Plan {
    /// Its name, by which the page links to it: `map`.
    pub id: String,
    /// The crate that it is of.
    pub example: Example,
    /// The program that is run: a name of [`Example::programs`].
    pub program: String,
    /// What the program is given on its command line.
    pub arguments: Vec<String>,
    /// How it ends, if not well: `panic` or `deadlock`.
    pub(super) ends: Option<Ending>,
    /// What of the run is shown.
    pub(super) view: View,
    /// The file that says this.
    pub source: Arc<Source>,
}

/// A bad end that a recording is about.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Ending {
    Panic,
    Deadlock,
}

impl Ending {
    /// The name of it, in a plan and as a rule.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Panic => "panic",
            Self::Deadlock => "deadlock",
        }
    }
}

/// What of a run becomes a recording.
#[derive(Debug, Default)]
pub(super) struct View {
    /// The command that a reader gives to run the program.
    pub(super) program: String,
    /// The lines that are steps when they are executed.
    pub(super) lines: Vec<Lines>,
    /// The events that are left out.
    pub(super) hide: BTreeSet<String>,
    /// What the threads are called, in the order in which they are started.
    pub(super) threads: Vec<String>,
    /// Only what happens from the first time that a line of this is executed.
    pub(super) from: Option<Lines>,
    /// Only what happens before the first time after that that a line of this is executed.
    pub(super) until: Option<Lines>,
    /// Lines that begin with one of these are no steps (what only prints, say), nor are polls of futures of these names,
    /// nor timers of so many milliseconds (`timer 10000`).
    pub(super) skip: Vec<String>,
}

/// Some lines of a file.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    /// The file, as the places of a trace have it.
    pub(super) file: String,
    /// Counted from 1.
    pub(super) range: RangeInclusive<usize>,
    /// Its text.
    pub(super) source: Arc<Source>,
}

impl Lines {
    /// Whether a place is one of them.
    pub(super) fn contains(&self, file: &str, line: usize) -> bool {
        self.file == file && self.range.contains(&line)
    }

    /// The code of a line, without the spaces around it, and without a comment behind it.
    pub(super) fn code(&self, line: usize) -> Option<String> {
        let text = self.source.text.lines().nth(line.checked_sub(1)?)?;
        let code = text.split(" // ").next().unwrap_or(text);
        Some(code.trim().to_owned())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Toml {
    program: Option<toml::Spanned<String>>,
    #[serde(default)]
    arguments: Vec<String>,
    ends: Option<Ending>,
    lines: Vec<toml::Spanned<String>>,
    #[serde(default)]
    hide: Vec<toml::Spanned<String>>,
    #[serde(default)]
    threads: Vec<String>,
    from: Option<toml::Spanned<String>>,
    until: Option<toml::Spanned<String>>,
    #[serde(default)]
    skip: Vec<String>,
}

impl Plan {
    /// The plans of a crate, in the order of their names.
    ///
    /// # Errors
    ///
    /// See [`read`](Self::read).
    pub fn all(root: &Path, example: &Example) -> Result<Vec<Self>, Vec<Diagnostic>> {
        let ids = names(root, example, "toml");
        let mut findings = Vec::new();
        let mut plans = Vec::new();
        for id in ids {
            match Self::read(root, example, &id) {
                Ok(plan) => plans.push(plan),
                Err(finding) => findings.push(finding),
            }
        }
        if findings.is_empty() {
            Ok(plans)
        } else {
            Err(findings)
        }
    }

    /// Reads one plan.
    ///
    /// # Errors
    ///
    /// A file that can't be read or is not such a plan; a program, a file, an anchor or an event that there is not.
    pub fn read(root: &Path, example: &Example, id: &str) -> Result<Self, Diagnostic> {
        let path = example.path().join(FOLDER).join(format!("{id}.toml"));
        let source = Source::read(root, path)?;
        let toml: Toml = parse_toml(&source)?;
        let programs = example.programs(root);
        let program = match &toml.program {
            None => example.package.clone(),
            Some(name) => {
                let known: Vec<_> = programs.iter().map(|(name, _)| name.as_str()).collect();
                if !known.contains(&name.get_ref().as_str()) {
                    return Err(refuse(&source, name, "this crate has no such program")
                        .help(format!("there are {}", known.join(", "))));
                }
                name.get_ref().clone()
            }
        };
        let known = |event: &&toml::Spanned<String>| !EVENTS.contains(&event.get_ref().as_str());
        if let Some(event) = toml.hide.iter().find(known) {
            return Err(refuse(&source, event, "there is no such event")
                .help(format!("there are {}", EVENTS.join(", "))));
        }
        let lines = |text: &toml::Spanned<String>| lines(root, example, &source, text);
        let view = View {
            program: command(example, &program, &toml.arguments),
            lines: toml.lines.iter().map(lines).collect::<Result<_, _>>()?,
            hide: toml
                .hide
                .into_iter()
                .map(toml::Spanned::into_inner)
                .collect(),
            threads: toml.threads,
            from: toml.from.as_ref().map(lines).transpose()?,
            until: toml.until.as_ref().map(lines).transpose()?,
            skip: toml.skip,
        };
        Ok(Self {
            id: id.to_owned(),
            example: example.clone(),
            program,
            arguments: toml.arguments,
            ends: toml.ends,
            view,
            source,
        })
    }

    /// The file of the recording, from the project's root.
    pub fn recording(&self) -> PathBuf {
        self.example
            .path()
            .join(FOLDER)
            .join(format!("{}.json", self.id))
    }
}

/// The command that a reader gives to run a program.
fn command(example: &Example, program: &str, arguments: &[String]) -> String {
    let mut command = format!("cargo run -p {}", example.package);
    if program != example.package {
        command += &format!(" --bin {program}");
    }
    if !arguments.is_empty() {
        command += &format!(" -- {}", arguments.join(" "));
    }
    command
}

/// The recordings of a crate, from the project's root, in the order of their names.
pub fn recorded(root: &Path, example: &Example) -> Vec<PathBuf> {
    let names = names(root, example, "json").into_iter();
    let folder = example.path().join(FOLDER);
    names
        .map(|name| folder.join(format!("{name}.json")))
        .collect()
}

/// The files of one kind among a crate's recordings, without what makes them of this kind.
fn names(root: &Path, example: &Example, extension: &str) -> Vec<String> {
    let entries = fs::read_dir(root.join(example.path()).join(FOLDER));
    let mut names: Vec<String> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let is_one = path.extension()? == extension;
            is_one.then_some(path.file_stem()?.to_str()?.to_owned())
        })
        .collect();
    names.sort();
    names
}

fn refuse(source: &Arc<Source>, word: &toml::Spanned<String>, what: &str) -> Diagnostic {
    Diagnostic::new("bad-recording", format!("`{}`: {what}", word.get_ref()))
        .at(source.place(word.span()), "")
}

/// `src/lib.rs:run` is a region, `src/lib.rs#let now` the first line that has this text, and `src/lib.rs` a whole file.
/// The path begins at the crate's folder.
fn lines(
    root: &Path,
    example: &Example,
    plan: &Arc<Source>,
    text: &toml::Spanned<String>,
) -> Result<Lines, Diagnostic> {
    let whole = text.get_ref().as_str();
    let (path, part) = whole.split_at(whole.find(['#', ':']).unwrap_or(whole.len()));
    let path = normal(&example.path().join(path));
    let source = Source::read(root, &path).map_err(|_| {
        refuse(plan, text, "there is no such file")
            .help("the path begins at the crate's folder: `src/main.rs`")
    })?;
    let range = match part.split_at_checked(1) {
        None => 1..=source.text.lines().count(),
        Some(("#", code)) => {
            let mut lines = source.text.lines();
            let Some(index) = lines.position(|line| line.contains(code)) else {
                return Err(refuse(plan, text, "no line of this file has this text"));
            };
            index + 1..=index + 1
        }
        Some((_, anchor)) => {
            let regions = anchors(&source).regions;
            let Some(region) = regions.get(anchor) else {
                let known: Vec<_> = regions.keys().map(String::as_str).collect();
                return Err(refuse(plan, text, "this file has no such anchor")
                    .help(format!("it has {}", known.join(", "))));
            };
            region.start + 1..=region.end
        }
    };
    Ok(Lines {
        file: display_path(&path),
        range,
        source,
    })
}

/// A path without `..`, which cargo does not show either.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::Event;

    #[test]
    fn the_events_of_a_plan_are_those_of_a_recording() {
        let unknown = serde_json::from_str::<Event>(r#"{"event":""}"#).unwrap_err();
        let unknown = unknown.to_string();
        // "unknown variant ``, expected one of `line`, `created`, …"
        let known: BTreeSet<&str> = unknown.split('`').skip(3).step_by(2).collect();
        assert_eq!(known, BTreeSet::from(EVENTS));
    }
}
