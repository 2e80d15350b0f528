//! The command lines of the translation workflow.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use clap::{Args, Subcommand, ValueEnum};

use super::{
    bless::{self, Outcome},
    desk::{Desk, Translated, file, find_chapter, locks, short_name},
    diff::{self, History},
    git, rename, start, status,
};
use crate::{
    diagnostic::{Diagnostic, say},
    lock::{self, Blob, Found, Lock, Record},
    passage::passages,
    project::{Edition, Project, number},
    source::{Source, display_path},
    staging::Staging,
    terminal::{self, Format},
};

/// The commands of translators.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// What is fresh, stale and missing, in all editions or in one
    Status {
        /// The language, for a line for each chapter
        tag: Option<String>,
        /// How to write it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// The most useful thing to do now in a language
    Next {
        /// The language
        tag: String,
    },
    /// Begin to translate a chapter: a file with its ids, code and links in place, and its prose marked
    Start(Start),
    /// What has changed in English since a chapter was translated, word by word, beside the translation
    Diff {
        /// The language
        tag: String,
        /// The chapter: 02_03, 2.3, or its path
        chapter: String,
        /// How to write it
        #[arg(long, value_enum, default_value_t)]
        format: DiffFormat,
    },
    /// Say that you have brought a chapter up to date
    ///
    /// Fresh becomes what you have really touched since the English text changed, or what was not translated before. It also
    /// merges a lock in which git has left a conflict.
    Bless(Bless),
    /// Say that a change of the English text, a typo perhaps, makes no translation stale
    Trivial {
        /// The chapter
        chapter: String,
        /// What was fresh in this revision of the text is fresh now
        #[arg(long, value_name = "REVISION", default_value = "HEAD")]
        since: String,
    },
    /// Give a chapter another path in all editions, with the links to it
    Mv {
        /// The chapter
        chapter: String,
        /// Its new path: 02_execution/04_wakeups.md
        to: PathBuf,
    },
}

/// What `cargo book start` can be told.
#[derive(Debug, Args)]
pub struct Start {
    /// The language
    tag: String,
    /// The chapter: 02_03, 2.3, or its path
    chapter: String,
}

/// What `cargo book bless` can be told.
#[derive(Debug, Args)]
pub struct Bless {
    /// The language
    tag: String,
    /// The chapter; without one, all that the language has
    chapter: Option<String>,
    /// Who has translated it, for the credits
    #[arg(long, value_name = "NAME", value_parser = name)]
    by: Option<String>,
    /// Who has read all of it beside the English text: what was not touched is right as it is, too
    #[arg(long, value_name = "NAME", value_parser = name)]
    reviewed: Option<String>,
}

/// The name of somebody: one line, and not an empty one.
pub(crate) fn name(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err("a name is not empty"),
        name if name.chars().any(char::is_control) => Err("a name is one line"),
        name => Ok(name.to_owned()),
    }
}

/// How differences are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For a terminal
    #[default]
    Human,
    /// A page for a browser
    Html,
}

type Outcomes = Result<ExitCode, Vec<Diagnostic>>;

/// Runs a command in the book that the current folder is in.
///
/// # Errors
///
/// There is no such language or chapter, or a file can't be read or written.
pub fn run(command: &Command) -> Outcomes {
    let writes = !matches!(
        command,
        Command::Status { .. } | Command::Next { .. } | Command::Diff { .. }
    );
    // Two processes that read, change and write the same file would lose what one of them has written.
    let _alone = writes.then(alone).transpose().map_err(one)?;
    let project = Project::here()?;
    match command {
        Command::Status { tag, format } => tell_status(&project, tag.as_deref(), *format),
        Command::Next { tag } => tell_next(&project, tag),
        Command::Start(arguments) => begin(&project, arguments),
        Command::Diff {
            tag,
            chapter,
            format,
        } => tell_diff(&project, tag, chapter, *format),
        Command::Bless(arguments) => bless(&project, arguments),
        Command::Trivial { chapter, since } => trivial(&project, chapter, since),
        Command::Mv { chapter, to } => mv(&project, chapter, to),
    }
}

/// Waits until no other process writes to the book.
fn alone() -> Result<std::fs::File, Diagnostic> {
    let io = |error| Diagnostic::io(ALONE, &error);
    let file = Project::root_here()?.join(ALONE);
    let file = std::fs::File::create(file).map_err(io)?;
    file.lock().map_err(io)?;
    Ok(file)
}

/// The file that a process locks while it writes. It is empty, stays, and is ignored by git.
const ALONE: &str = ".book-lock";

fn one(finding: Diagnostic) -> Vec<Diagnostic> {
    vec![finding]
}

fn tell_status(project: &Project, tag: Option<&str>, format: Format) -> Outcomes {
    let desk = Desk::new(project);
    let editions: Vec<&Edition> = match tag {
        Some(tag) => vec![desk.edition(tag).map_err(one)?],
        None => project.editions.iter().skip(1).collect(),
    };
    let statuses = status::status(&desk, &locks(project, &editions)?);
    terminal::print(match (format, tag) {
        (Format::Json, _) => format!("{:#}\n", serde_json::json!({ "editions": statuses })),
        (Format::Human, None) => status::editions(&statuses),
        (Format::Human, Some(_)) => statuses.iter().map(status::chapters).collect(),
    });
    Ok(ExitCode::SUCCESS)
}

fn tell_next(project: &Project, tag: &str) -> Outcomes {
    let desk = Desk::new(project);
    let edition = desk.edition(tag).map_err(one)?;
    let lock = Lock::read(project, edition).map_err(one)?;
    terminal::print(status::tell(status::next(&desk, edition, &lock), tag));
    Ok(ExitCode::SUCCESS)
}

fn begin(project: &Project, arguments: &Start) -> Outcomes {
    let desk = Desk::new(project);
    let edition = desk.edition(&arguments.tag).map_err(one)?;
    let path = desk.chapter(&arguments.chapter).map_err(one)?;
    let target = file(edition, path);
    let shown = display_path(&target);
    if project.root.join(&target).exists() {
        let finding = Diagnostic::new("exists", format!("`{shown}` exists"));
        return Err(one(finding.help(format!(
            "`cargo book diff {} {}` says what is to do in it",
            arguments.tag,
            short_name(path)
        ))));
    }
    let english = desk.english(path).ok_or_else(|| {
        one(Diagnostic::new(
            "missing-chapter",
            format!("src/en/{} is missing", display_path(path)),
        ))
    })?;
    // Nothing of it is translated yet. From now on, the lock knows the chapter.
    let mut lock = Lock::read(project, edition).map_err(one)?;
    lock.chapters.entry(path.to_owned()).or_default();
    let summary = edition.folder().join("SUMMARY.md");
    let staging = Staging::new(&project.root).map_err(one)?;
    let write = |path: &Path, text: &str| staging.write(path, text).map_err(one);
    write(&target, &start::scaffold(&english.source))?;
    write(&edition.folder().join(lock::NAME), &lock.to_string())?;
    let listed = match start::summary_with(project, edition, path) {
        Some(text) => {
            write(&summary, &text)?;
            format!("{} lists it", display_path(&summary))
        }
        None => format!(
            "add `- [Title]({})` to {}",
            display_path(path),
            display_path(&summary)
        ),
    };
    staging.commit().map_err(one)?;
    terminal::print(format!(
        "{shown} is ready, and {listed}.\nReplace each passage behind {mark}, and the mark with it. Then:\n  cargo book check\n  cargo book bless {tag} {name} --by \"Your Name\"\n",
        mark = start::MARK.trim_end(),
        tag = arguments.tag,
        name = short_name(path),
    ));
    Ok(ExitCode::SUCCESS)
}

fn tell_diff(project: &Project, tag: &str, chapter: &str, format: DiffFormat) -> Outcomes {
    let desk = Desk::new(project);
    let edition = desk.edition(tag).map_err(one)?;
    let path = desk.chapter(chapter).map_err(one)?;
    let lock = Lock::read(project, edition).map_err(one)?;
    let record = lock.chapters.get(path).cloned().unwrap_or_default();
    let translated = edition.chapters.get(path).map(Translated::new);
    let english = desk.english(path).ok_or_else(|| {
        one(Diagnostic::new(
            "missing-chapter",
            format!("src/en/{} is missing", display_path(path)),
        ))
    })?;
    let changes = diff::changes(
        &project.root,
        english,
        &record,
        translated.as_ref(),
        &mut History::default(),
    );
    match format {
        DiffFormat::Human if changes.is_empty() => {
            terminal::print(format!("src/{tag}/{} is fresh.\n", display_path(path)));
        }
        DiffFormat::Human => terminal::print(diff::human(&changes)),
        DiffFormat::Html => {
            let title = format!("{tag}: {}", display_path(path));
            let direction = edition.language.direction.as_str();
            terminal::print(diff::html(&changes, &title, tag, direction));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn bless(project: &Project, arguments: &Bless) -> Outcomes {
    let desk = Desk::new(project);
    let edition = desk.edition(&arguments.tag).map_err(one)?;
    let mut lock = match Lock::find(project, edition).map_err(one)? {
        Found::Whole(lock) => lock,
        Found::Conflict(sides) => {
            let lock = merged(&desk, edition, &sides);
            lock.write(project, edition).map_err(one)?;
            say("the two versions of the lock are merged");
            lock
        }
    };
    let chapters: Vec<&Path> = match &arguments.chapter {
        Some(chapter) => vec![desk.chapter(chapter).map_err(one)?],
        None => desk
            .chapters()
            .filter(|path| edition.chapters.contains_key(*path))
            .collect(),
    };
    let mut untouched = false;
    for path in chapters {
        untouched |= bless_chapter(&desk, edition, path, arguments, &mut lock).map_err(one)?;
    }
    lock.write(project, edition).map_err(one)?;
    Ok(if untouched {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Blesses one chapter in the lock, says what became of its passages, and whether stale ones are left.
fn bless_chapter(
    desk: &Desk<'_>,
    edition: &Edition,
    path: &Path,
    arguments: &Bless,
    lock: &mut Lock,
) -> Result<bool, Diagnostic> {
    let shown = display_path(&file(edition, path));
    let source = edition.chapters.get(path).ok_or_else(|| {
        Diagnostic::new("missing-chapter", format!("there is no `{shown}`")).help(format!(
            "`cargo book start {} {}` makes it",
            edition.tag,
            short_name(path)
        ))
    })?;
    let record = lock.chapters.get(path).cloned().unwrap_or_default();
    if record.translators.is_empty() && arguments.by.is_none() {
        return Err(Diagnostic::new(
            "no-translator",
            format!("nobody is named who translated {shown}"),
        )
        .help("say it once: `--by \"Your Name\"`"));
    }
    let translated = Translated::new(source);
    let pair = desk.pair(path, &translated).ok_or_else(|| {
        Diagnostic::new(
            "missing-chapter",
            format!("src/en/{} is missing", display_path(path)),
        )
    })?;
    let (mut record, outcomes) = bless::bless(pair, &record, arguments.reviewed.is_some()).map_err(|misaligned| {
        let finding = Diagnostic::new(
            "misaligned",
            format!("{shown} has other blocks than the English chapter in #{}", misaligned.section),
        );
        let finding = match translated.passages.get(misaligned.at) {
            Some(passage) => finding.at(source.place(passage.span.clone()), "from here on"),
            None => finding.in_file(shown.as_str()),
        };
        finding.help("headings, rows of tables, code and HTML blocks are the same in both; `cargo book check` says more")
    })?;
    add(&mut record.translators, arguments.by.as_deref());
    add(&mut record.reviewers, arguments.reviewed.as_deref());
    lock.chapters.insert(path.to_owned(), record);

    let count = |wanted: Outcome| {
        outcomes
            .iter()
            .filter(|outcome| **outcome == wanted)
            .count()
    };
    let (blessed, untouched, missing) = (
        count(Outcome::Blessed),
        count(Outcome::Untouched),
        count(Outcome::Missing),
    );
    let mut told = vec![format!("{blessed} blessed")];
    if missing > 0 {
        told.push(format!("{missing} to translate"));
    }
    if untouched > 0 {
        told.push(format!(
            "{untouched} stale, because their translation is as it was"
        ));
    }
    terminal::print(format!("{shown}: {}\n", told.join(", ")));
    if untouched > 0 {
        say(format!(
            "see `cargo book diff {} {}`; if they are right as they are: --reviewed \"Your Name\"",
            edition.tag,
            short_name(path)
        ));
    }
    Ok(untouched > 0)
}

fn add(names: &mut Vec<String>, name: Option<&str>) {
    if let Some(name) = name
        && !names.iter().any(|known| known == name)
    {
        names.push(name.to_owned());
    }
}

/// Both sides of a merge, chapter by chapter.
fn merged(desk: &Desk<'_>, edition: &Edition, [ours, theirs]: &[Lock; 2]) -> Lock {
    let mut lock = Lock::default();
    let none = Record::default();
    for path in ours.chapters.keys().chain(theirs.chapters.keys()) {
        let of = |lock: &Lock| lock.chapters.get(path).unwrap_or(&none).clone();
        let english = desk
            .english(path)
            .map_or(&[][..], |english| &english.passages);
        let translation = edition
            .chapters
            .get(path)
            .map(|source| passages(source, None))
            .unwrap_or_default();
        let record = bless::merge(english, &translation, &of(ours), &of(theirs));
        lock.chapters.insert(path.clone(), record);
    }
    lock
}

fn trivial(project: &Project, chapter: &str, since: &str) -> Outcomes {
    let desk = Desk::new(project);
    let path = desk.chapter(chapter).map_err(one)?;
    let english = desk.english(path).ok_or_else(|| {
        one(Diagnostic::new(
            "missing-chapter",
            format!("src/en/{} is missing", display_path(path)),
        ))
    })?;
    let file = english.source.path.as_str();
    let old = git::at(&project.root, since, file).ok_or_else(|| {
        one(
            Diagnostic::new("no-revision", format!("git has no {file} at `{since}`"))
                .help("name the revision before the change: --since REVISION"),
        )
    })?;
    if old == english.source.text {
        let finding = Diagnostic::new("nothing-changed", format!("{file} is as it was at {since}"));
        return Err(one(
            finding.help("name the revision before the change: --since REVISION")
        ));
    }
    let old = passages(&Arc::new(Source::new(file, old)), Some(&desk.snippets));
    let editions: Vec<&Edition> = project.editions.iter().skip(1).collect();
    let mut changed = Vec::new();
    for (edition, mut lock) in locks(project, &editions)? {
        let Some(record) = lock.chapters.get_mut(path) else {
            continue;
        };
        let new = bless::trivial(
            record,
            &old,
            &english.passages,
            &Blob::of(&english.source.text),
        );
        if new != *record {
            *record = new;
            changed.push((edition, lock));
        }
    }
    for (edition, lock) in &changed {
        lock.write(project, edition).map_err(one)?;
    }
    let tags: Vec<_> = changed.iter().map(|(edition, _)| &*edition.tag).collect();
    terminal::print(match tags.len() {
        0 => "No translation was made from what has changed.\n".to_owned(),
        _ => format!("{file} is as fresh as before in {}.\n", tags.join(", ")),
    });
    Ok(ExitCode::SUCCESS)
}

fn mv(project: &Project, chapter: &str, to: &Path) -> Outcomes {
    let from = find_chapter(project, chapter).map_err(one)?;
    let to = to.strip_prefix("src/en").unwrap_or(to);
    for written in rename::rename(project, from, to)? {
        terminal::print(format!("{written}\n"));
    }
    if number(from) != number(to) {
        say(
            "the chapter has another number now: its crate in examples/, and the commands in its text, still have the old one",
        );
    }
    Ok(ExitCode::SUCCESS)
}
