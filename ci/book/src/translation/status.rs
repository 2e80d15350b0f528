//! `cargo book status` and `cargo book next`: what is fresh, stale and missing, and what to do now.

use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::{
    desk::{Desk, short_name},
    state::Counts,
};
use crate::{
    lock::Lock,
    project::Edition,
    strings::{FILE, Untranslated, untranslated_strings},
    terminal::{BAD, GOOD, NOTICE, styled, table},
};

/// The state of an edition.
#[derive(Debug, Serialize)]
pub struct Status {
    /// Its tag.
    pub edition: String,
    /// Its name in itself.
    pub name: String,
    /// All chapters together.
    pub passages: Counts,
    /// What its pages still say in English around the text.
    pub strings: Vec<Untranslated>,
    /// The chapters of the book, in order.
    pub chapters: Vec<ChapterStatus>,
}

/// The state of a chapter in an edition.
#[derive(Debug, Serialize)]
pub struct ChapterStatus {
    /// Its number as the folders write it, or its name.
    pub chapter: String,
    /// Its path in the edition's folder.
    pub path: String,
    /// Whether the edition lists it. What is not listed is shown in English.
    pub listed: bool,
    /// Its passages.
    pub passages: Counts,
    /// Who translated it.
    pub translators: Vec<String>,
    /// Who read it again.
    pub reviewers: Vec<String>,
}

/// What an edition's translator can do now, the most useful first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next<'a> {
    /// The English text of a translated chapter has changed: bring it up to date.
    Update(&'a Path, Counts),
    /// A chapter is translated in part: go on.
    Continue(&'a Path, Counts),
    /// A chapter is shown in English: translate it.
    Start(&'a Path, Counts),
    /// Nothing: all chapters are fresh.
    Nothing,
}

/// The state of every edition.
pub fn status(desk: &Desk<'_>, locks: &[(&Edition, Lock)]) -> Vec<Status> {
    desk.take_apart();
    locks
        .par_iter()
        .map(|(edition, lock)| of_edition(desk, edition, lock))
        .collect()
}

fn of_edition(desk: &Desk<'_>, edition: &Edition, lock: &Lock) -> Status {
    let mut passages = Counts::default();
    let chapters = desk
        .chapters()
        .map(|path| {
            let record = lock.chapters.get(path);
            let counts = desk.counts(path, lock);
            passages += counts;
            ChapterStatus {
                chapter: short_name(path),
                path: crate::source::display_path(path),
                listed: edition.title(path).is_some(),
                passages: counts,
                translators: record
                    .map(|record| record.translators.clone())
                    .unwrap_or_default(),
                reviewers: record
                    .map(|record| record.reviewers.clone())
                    .unwrap_or_default(),
            }
        })
        .collect();
    Status {
        edition: edition.tag.clone(),
        name: edition.language.name.clone(),
        passages,
        // A language.toml that can't be read has ended the command before.
        strings: untranslated_strings(desk.project, edition).unwrap_or_default(),
        chapters,
    }
}

/// What is most useful to do in an edition: first what readers see wrong, then what is begun, then the next chapter of the book.
pub fn next<'a>(desk: &Desk<'a>, edition: &Edition, lock: &Lock) -> Next<'a> {
    let chapters: Vec<_> = desk
        .chapters()
        .map(|path| (path, edition.title(path).is_some(), desk.counts(path, lock)))
        .collect();
    let stale = chapters
        .iter()
        .filter(|(_, _, counts)| counts.stale > 0)
        // Of several with as many, the first one of the book: `max_by_key` takes the last.
        .rev()
        .max_by_key(|(_, _, counts)| counts.stale);
    if let Some((path, _, counts)) = stale {
        return Next::Update(path, *counts);
    }
    if let Some((path, _, counts)) = chapters
        .iter()
        .find(|(_, listed, counts)| *listed && counts.missing > 0)
    {
        return Next::Continue(path, *counts);
    }
    match chapters.iter().find(|(_, listed, _)| !listed) {
        Some((path, _, counts)) => Next::Start(path, *counts),
        None => Next::Nothing,
    }
}

/// The editions, a line each.
pub fn editions(statuses: &[Status]) -> String {
    let mut rows = vec![heads(["edition", "chapters"])];
    for status in statuses {
        let listed = status
            .chapters
            .iter()
            .filter(|chapter| chapter.listed)
            .count();
        let mut row = vec![
            format!("{}  {}", status.edition, status.name),
            format!("{listed}/{}", status.chapters.len()),
        ];
        row.extend(cells(status.passages));
        rows.push(row);
    }
    table(&rows)
}

/// An edition's chapters, a line each, and its strings that are still English.
pub fn chapters(status: &Status) -> String {
    let mut rows = vec![heads(["chapter", ""])];
    for chapter in &status.chapters {
        let mut row = vec![
            chapter.path.clone(),
            if chapter.listed {
                String::new()
            } else {
                "in English".into()
            },
        ];
        row.extend(cells(chapter.passages));
        rows.push(row);
    }
    let mut text = table(&rows);
    if !status.strings.is_empty() {
        text += &format!("\nStill English in src/{}/{FILE}:\n", status.edition);
        for string in &status.strings {
            text += &format!("  {string}\n");
        }
    }
    text
}

fn heads(first: [&str; 2]) -> Vec<String> {
    let states = ["fresh", "stale", "missing"];
    first.into_iter().chain(states).map(str::to_owned).collect()
}

fn cells(counts: Counts) -> [String; 3] {
    let cell = |style, count: usize| match count {
        0 => "0".to_owned(),
        count => styled(style, count),
    };
    [
        cell(GOOD, counts.fresh),
        cell(BAD, counts.stale),
        cell(NOTICE, counts.missing),
    ]
}

/// What to do next, and how to begin.
pub fn tell(next: Next<'_>, tag: &str) -> String {
    match next {
        Next::Update(path, counts) => {
            let name = short_name(path);
            let what = passages(counts.stale);
            format!("Stale in {name}: {what}.\n  cargo book diff {tag} {name}\n")
        }
        Next::Continue(path, counts) => format!(
            "To translate in src/{tag}/{}: {}.\n  cargo book diff {tag} {}\n",
            crate::source::display_path(path),
            passages(counts.missing),
            short_name(path)
        ),
        Next::Start(path, counts) => {
            let name = short_name(path);
            format!(
                "{name} is shown in English: {}.\n  cargo book start {tag} {name}\n",
                passages(counts.missing)
            )
        }
        Next::Nothing => "Nothing: every chapter is fresh.\n".to_owned(),
    }
}

fn passages(count: usize) -> String {
    match count {
        1 => "1 passage".to_owned(),
        count => format!("{count} passages"),
    }
}
