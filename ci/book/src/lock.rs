//! translation.lock: from which English text each passage of an edition was translated.
//!
//! The tool writes it, as cargo writes Cargo.lock. It has one line for each English passage, and a line says all about its
//! passage, so that translators who work on different passages change different lines, and git merges them:
//!
//! ```toml
//! ["02_execution/03_wakeups.md"]
//! translators = ["the authors of this book"]
//! reviewers = []
//! passages = [
//!   "#wakeups 0f3c… e69de29bb2d1 91ab…",
//! ]
//! ```
//!
//! A line holds the passage's section, the [hash](Hash) of its English text, the id of the file in git that the text stood in
//! (as `git hash-object` gives it), and the hashes of the passages that translate it, joined by `+`. The hashes alone tell
//! what is stale. The id leads to the old text, which a shallow clone may lack.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
    path::PathBuf,
    sync::Arc,
};

use serde::Deserialize;
use sha1::{Digest, Sha1};

use crate::{
    diagnostic::Diagnostic,
    example::parse_toml,
    passage::Hash,
    project::{Edition, Project},
    source::{Source, display_path},
    staging,
};

/// The file's name, in an edition's folder.
pub const NAME: &str = "translation.lock";

/// What an edition's translation.lock says, by the chapters' paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// The chapters.
    pub chapters: BTreeMap<PathBuf, Record>,
}

/// What the lock says of one chapter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Who translated it.
    pub translators: Vec<String>,
    /// Who read it again.
    pub reviewers: Vec<String>,
    /// The passages, in the order of the English text that they were translated from.
    pub passages: Vec<Line>,
}

/// What the lock says of one English passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The id of the section that it stood in.
    pub section: String,
    /// Its English text.
    pub english: Hash,
    /// The English chapter that it stood in.
    pub blob: Blob,
    /// The passages that translate it.
    pub translation: Vec<Hash>,
}

/// The id of a file's content in git, shortened: the first 12 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Blob(String);

impl Blob {
    /// The id that git gives to a file of this content.
    pub fn of(text: &str) -> Self {
        let mut hasher = Sha1::new();
        hasher.update(format!("blob {}\0", text.len()));
        hasher.update(text);
        let mut id = format!("{:x}", hasher.finalize());
        id.truncate(12);
        Self(id)
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let translation: Vec<_> = self.translation.iter().map(Hash::to_string).collect();
        let translation = translation.join("+");
        write!(
            f,
            "#{} {} {} {translation}",
            self.section, self.english, self.blob.0
        )
    }
}

impl std::str::FromStr for Line {
    type Err = &'static str;

    fn from_str(line: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "not of the form `#section english blob translation`";
        let mut words = line.split(' ');
        let section = words
            .next()
            .and_then(|word| word.strip_prefix('#'))
            .ok_or(FORM)?;
        let [english, blob, translation] = [(); 3].map(|()| words.next().unwrap_or_default());
        let is_blob = !blob.is_empty() && blob.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_blob || words.next().is_some() {
            return Err(FORM);
        }
        let hashes = translation
            .split('+')
            .map(str::parse)
            .collect::<Result<_, _>>();
        Ok(Self {
            section: section.to_owned(),
            english: english.parse().map_err(|_| FORM)?,
            blob: Blob(blob.to_owned()),
            translation: hashes.map_err(|_| FORM)?,
        })
    }
}

/// A chapter's table, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    translators: Vec<String>,
    #[serde(default)]
    reviewers: Vec<String>,
    #[serde(default)]
    passages: Vec<toml::Spanned<String>>,
}

/// A lock as it stands in the working tree: git may have left two versions of some lines in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One lock.
    Whole(Lock),
    /// Both sides of a merge, to be merged by [`Lock::merge`].
    Conflict(Box<[Lock; 2]>),
}

impl Lock {
    /// Reads an edition's lock. An edition without one has translated nothing.
    ///
    /// # Errors
    ///
    /// A file that can't be read or understood, and one that git has left with a conflict.
    pub fn read(project: &Project, edition: &Edition) -> Result<Self, Diagnostic> {
        match Self::find(project, edition)? {
            Found::Whole(lock) => Ok(lock),
            Found::Conflict(_) => {
                let path = display_path(&path(edition));
                Err(Diagnostic::new(
                    "lock-conflict",
                    "two versions of the lock were merged, and git could not",
                )
                .in_file(path)
                .help(format!(
                    "`cargo book bless {}` merges them, passage by passage",
                    edition.tag
                )))
            }
        }
    }

    /// Reads an edition's lock, or both sides of a conflict in it.
    ///
    /// # Errors
    ///
    /// A file that can't be read or understood.
    pub fn find(project: &Project, edition: &Edition) -> Result<Found, Diagnostic> {
        let path = path(edition);
        if !project.root.join(&path).exists() {
            return Ok(Found::Whole(Self::default()));
        }
        let source = Source::read(&project.root, &path)?;
        match sides(&source.text) {
            None => Self::parse(&source).map(Found::Whole),
            Some(sides) => {
                let [ours, theirs] = sides
                    .map(|text| Self::parse(&Arc::new(Source::new(source.path.as_str(), text))));
                Ok(Found::Conflict(Box::new([ours?, theirs?])))
            }
        }
    }

    fn parse(source: &Arc<Source>) -> Result<Self, Diagnostic> {
        let tables: BTreeMap<PathBuf, Table> = parse_toml(source)?;
        let mut lock = Self::default();
        for (chapter, table) in tables {
            let mut passages = Vec::new();
            for line in table.passages {
                let span = line.span();
                passages.push(line.into_inner().parse().map_err(|message: &str| {
                    Diagnostic::new("bad-lock", message).at(source.place(span), "").help(
                        "the tool writes this file; take the last version from git, or bless the chapter again",
                    )
                })?);
            }
            lock.chapters.insert(
                chapter,
                Record {
                    translators: table.translators,
                    reviewers: table.reviewers,
                    passages,
                },
            );
        }
        Ok(lock)
    }

    /// Writes an edition's lock: the old one or the new one, whenever the process is ended.
    ///
    /// # Errors
    ///
    /// What writing gives.
    pub fn write(&self, project: &Project, edition: &Edition) -> Result<(), Diagnostic> {
        staging::write(&project.root, path(edition), &self.to_string())
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("# From which English text each passage was translated. Written by `cargo book bless`.\n")?;
        for (chapter, record) in &self.chapters {
            writeln!(f, "\n[{}]", quoted(&display_path(chapter)))?;
            for (key, names) in [
                ("translators", &record.translators),
                ("reviewers", &record.reviewers),
            ] {
                let names: Vec<_> = names.iter().map(|name| quoted(name)).collect();
                writeln!(f, "{key} = [{}]", names.join(", "))?;
            }
            f.write_str("passages = [\n")?;
            for line in &record.passages {
                writeln!(f, "  {},", quoted(&line.to_string()))?;
            }
            f.write_str("]\n")?;
        }
        Ok(())
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn path(edition: &Edition) -> PathBuf {
    edition.folder().join(NAME)
}

/// The two sides of a file with git's conflict marks, or `None` if it has no marks.
fn sides(text: &str) -> Option<[String; 2]> {
    if !text.lines().any(|line| line.starts_with("<<<<<<< ")) {
        return None;
    }
    let mut sides = [String::new(), String::new()];
    // Which sides a line belongs to. The base, which some styles show, belongs to none.
    let mut of = [true, true];
    for line in text.lines() {
        match line.get(..7) {
            Some("<<<<<<<") => of = [true, false],
            Some("|||||||") => of = [false, false],
            Some("=======") => of = [false, true],
            Some(">>>>>>>") => of = [true, true],
            _ => {
                for (side, takes) in sides.iter_mut().zip(of) {
                    if takes {
                        let _ = writeln!(side, "{line}");
                    }
                }
            }
        }
    }
    Some(sides)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock() -> Lock {
        let line = |section: &str, english: &str, translation: &[&str]| Line {
            section: section.into(),
            english: Hash::of(english),
            blob: Blob::of("text"),
            translation: translation.iter().map(|text| Hash::of(text)).collect(),
        };
        let record = Record {
            translators: vec!["the \"authors\"".into()],
            reviewers: Vec::new(),
            passages: vec![
                line("a", "one", &["eins"]),
                line("", "two", &["zwei", "drei"]),
            ],
        };
        Lock {
            chapters: BTreeMap::from([(PathBuf::from("01_a/01_b.md"), record)]),
        }
    }

    fn parse(text: &str) -> Result<Lock, Diagnostic> {
        Lock::parse(&Arc::new(Source::new("translation.lock", text)))
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(parse(&lock().to_string()).unwrap(), lock());
    }

    #[test]
    fn a_blob_is_called_as_git_calls_it() {
        // `printf 'hello\n' | git hash-object --stdin`
        assert_eq!(Blob::of("hello\n").as_str(), "ce013625030b");
    }

    #[test]
    fn a_broken_line_is_pointed_at() {
        for broken in [
            "",
            "#a",
            "a 0 0 0",
            "#a x 0f 0",
            "#a 0 zz 0",
            "#a 0 0f 0+",
            "#a 0 0f 0 0",
        ] {
            let text = format!("[\"a.md\"]\npassages = [\n  \"{broken}\",\n]\n");
            let finding = parse(&text).unwrap_err();
            assert_eq!(finding.rule, "bad-lock", "{broken}");
            assert_eq!(finding.place.unwrap().start().line, 3, "{broken}");
        }
    }

    #[test]
    fn a_conflict_has_two_sides() {
        let text = "a\n<<<<<<< ours\nb\n||||||| base\nx\n=======\nc\n>>>>>>> theirs\nd\n";
        assert_eq!(sides(text), Some(["a\nb\nd\n".into(), "a\nc\nd\n".into()]));
        assert_eq!(sides("a\nb\n"), None);
    }
}
