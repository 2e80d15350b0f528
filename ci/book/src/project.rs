//! The project on disk: the book's editions, their chapters and their order.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use mdbook_driver::config::Config;
use mdbook_summary::{Summary, SummaryItem, parse_summary};
use rayon::prelude::*;
use serde::Deserialize;

use crate::{
    chapter::structure,
    diagnostic::Diagnostic,
    example::parse_toml,
    recording::Words,
    site::search::Forms,
    source::{Place, Source, display_path, files_below},
    typography::Typography,
};

/// The tag of the source edition, which the others are translated from.
pub const SOURCE_EDITION: &str = "en";

/// The folder that holds a folder for each edition.
pub const EDITIONS: &str = "src";

/// The book: its root folder and its editions, the source edition first.
#[derive(Debug)]
pub struct Project {
    /// The folder of book.toml.
    pub root: PathBuf,
    /// The editions: the source edition, then the others by their tags.
    pub editions: Vec<Edition>,
}

/// One language's book.
#[derive(Debug)]
pub struct Edition {
    /// Its BCP 47 tag, which is also the name of its folder: `zh-CN`.
    pub tag: String,
    /// What `language.toml` says.
    pub language: Language,
    /// SUMMARY.md.
    pub summary: Arc<Source>,
    /// What SUMMARY.md lists, in order.
    pub contents: Vec<Entry>,
    /// Every chapter in the edition's folder, listed or not, by its path in the folder.
    pub chapters: BTreeMap<PathBuf, Arc<Source>>,
}

/// One item of a SUMMARY.md.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A part's title.
    Part(String),
    /// A line between groups of chapters.
    Separator,
    /// A chapter: its title, and its path in the edition's folder.
    Chapter {
        /// The title in the edition's language.
        title: String,
        /// The path, the same in every edition.
        path: PathBuf,
    },
}

/// `language.toml`: what the tool must know to speak an edition's language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// The language's name in itself: `Русский`.
    pub name: String,
    /// The direction of its script.
    pub direction: Direction,
    /// The book's title.
    pub title: String,
    /// One sentence about the book, for search engines and previews.
    pub description: String,
    /// The authors' names as the language writes them; without it, those of book.toml.
    #[serde(default)]
    pub authors: Vec<String>,
    /// What the pages say around the text.
    pub strings: Strings,
    /// How the language sets its prose.
    #[serde(default)]
    pub typography: Typography,
    /// What counts as the same word, for search.
    #[serde(default)]
    pub search: Forms,
    /// Code spans that the edition may add to the English ones, or leave out.
    #[serde(default, rename = "code-exceptions")]
    pub code_exceptions: Vec<String>,
}

/// The direction of a script.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// What the pages of an edition say around the text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Strings {
    /// The label of the language picker.
    pub languages: String,
    /// The notice above a chapter that is shown in English.
    pub untranslated: String,
    /// The link from the start page into the edition.
    pub read: String,
    /// For an address that leads nowhere.
    pub not_found: String,
    /// Above the pages whose addresses are like it.
    pub near: String,
    /// Above a passage's changes: the English text is another one now.
    pub stale: String,
    /// Above an English passage that the chapter does not have.
    pub new: String,
    /// Above an English passage that the chapter still has, and English no longer.
    pub gone: String,
    /// The titles of admonitions.
    pub admonitions: Admonitions,
    /// The label of the box that shows the hidden lines of a code block.
    pub unfold: String,
    /// The captions of recorded runs, and their player.
    pub recording: Words,
    /// The page about the state of the translation.
    pub state: State,
    /// The EPUB.
    pub epub: Epub,
    /// The words of the template, by their names in it. English ones stand in the template itself.
    #[serde(default)]
    pub page: BTreeMap<String, String>,
}

/// The titles of mdBook's admonitions: `> [!NOTE]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admonitions {
    /// Of `[!NOTE]`.
    pub note: String,
    /// Of `[!TIP]`.
    pub tip: String,
    /// Of `[!IMPORTANT]`.
    pub important: String,
    /// Of `[!WARNING]`.
    pub warning: String,
    /// Of `[!CAUTION]`.
    pub caution: String,
}

/// What an EPUB says around the text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Epub {
    /// The head of the table of contents.
    pub contents: String,
    /// What leads to the cover.
    pub cover: String,
    /// For readers who can't see, or not well: how the book can be used.
    pub accessibility: String,
}

/// What the page about the state of a translation says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct State {
    /// Its title.
    pub title: String,
    /// What a passage is, and what its states mean.
    pub about: String,
    /// How to help: the commands are told in CONTRIBUTING.md, which it links to.
    pub help: String,
    /// The head of the column of editions.
    pub edition: String,
    /// The head of the column of chapters.
    pub chapter: String,
    /// The head of the column of fresh passages.
    pub fresh: String,
    /// The head of the column of stale passages.
    pub stale: String,
    /// The head of the column of missing passages.
    pub missing: String,
    /// The head of the column of days.
    pub since: String,
    /// The head of the column of translators.
    pub translators: String,
    /// The head of the column of reviewers.
    pub reviewers: String,
}

impl Project {
    /// The nearest folder at or above `from` that holds the book.
    ///
    /// # Errors
    ///
    /// No folder up to the root of the file system holds a book.toml and `src/en`.
    pub fn find_root(from: &Path) -> Result<PathBuf, Diagnostic> {
        let is_root = |folder: &&Path| {
            folder.join("book.toml").is_file()
                && folder.join(EDITIONS).join(SOURCE_EDITION).is_dir()
        };
        from.ancestors()
            .find(is_root)
            .map(Path::to_owned)
            .ok_or_else(|| {
                Diagnostic::new(
                    "no-book",
                    format!("there is no book at or above {}", from.display()),
                )
                .help("run this inside the repository, where book.toml and src/en are")
            })
    }

    /// Loads the book that the current folder is in.
    ///
    /// # Errors
    ///
    /// As [`Project::find_root`] and [`Project::load`].
    pub fn here() -> Result<Self, Vec<Diagnostic>> {
        Self::root_here()
            .map_err(|finding| vec![finding])
            .and_then(Self::load)
    }

    /// The root of the book that the current folder is in.
    ///
    /// # Errors
    ///
    /// As [`Project::find_root`]; there may be no current folder.
    pub fn root_here() -> Result<PathBuf, Diagnostic> {
        let here = env::current_dir().map_err(|error| Diagnostic::io(".", &error))?;
        Self::find_root(&here)
    }

    /// Loads every edition.
    ///
    /// # Errors
    ///
    /// All files that can't be read or understood, not only the first.
    pub fn load(root: impl Into<PathBuf>) -> Result<Self, Vec<Diagnostic>> {
        let root = root.into();
        let tags = edition_tags(&root).map_err(|finding| vec![finding])?;
        let loaded: Vec<_> = tags
            .par_iter()
            .map(|tag| Edition::load(&root, tag))
            .collect();
        let mut editions = Vec::new();
        let mut findings = Vec::new();
        for edition in loaded {
            match edition {
                Ok(edition) => editions.push(edition),
                Err(errors) => findings.extend(errors),
            }
        }
        if findings.is_empty() {
            Ok(Self { root, editions })
        } else {
            Err(findings)
        }
    }

    /// book.toml, as mdBook understands it.
    ///
    /// # Errors
    ///
    /// A book.toml that is no TOML, or that says what mdBook does not know.
    pub fn settings(&self) -> Result<Config, Diagnostic> {
        Source::read(&self.root, "book.toml").and_then(|source| parse_toml(&source))
    }

    /// The source edition.
    pub fn source(&self) -> &Edition {
        &self.editions[0]
    }

    /// The edition with this tag.
    pub fn edition(&self, tag: &str) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.tag == tag)
    }
}

/// The tags of all editions: the source edition, and the other folders in `src` with a SUMMARY.md or a language.toml.
fn edition_tags(root: &Path) -> Result<Vec<String>, Diagnostic> {
    let fail = |error| Diagnostic::io(EDITIONS, &error);
    let mut tags = vec![SOURCE_EDITION.to_owned()];
    for entry in fs::read_dir(root.join(EDITIONS)).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let is_edition = ["SUMMARY.md", "language.toml"]
            .iter()
            .any(|name| entry.path().join(name).is_file());
        match entry.file_name().into_string() {
            Ok(tag) if is_edition && tag != SOURCE_EDITION => tags.push(tag),
            _ => {}
        }
    }
    tags[1..].sort();
    Ok(tags)
}

impl Edition {
    fn load(root: &Path, tag: &str) -> Result<Self, Vec<Diagnostic>> {
        let folder = Path::new(EDITIONS).join(tag);
        let mut findings = Vec::new();
        let read = |name: &str| {
            Source::read(root, folder.join(name)).map_err(|finding| match finding.rule {
                "missing-file" => {
                    let path = display_path(&folder.join(name));
                    Diagnostic::new("missing-file", format!("there is no file `{path}`"))
                        .in_file(path)
                        .help("an edition has a SUMMARY.md and a language.toml")
                }
                _ => finding,
            })
        };
        let language = read("language.toml").and_then(|source| parse_toml(&source));
        let summary = read("SUMMARY.md").and_then(|source| Ok((contents(&source)?, source)));
        let files = files_below(root, &folder).unwrap_or_else(|finding| {
            findings.push(finding);
            Vec::new()
        });
        let mut chapters = BTreeMap::new();
        for file in files {
            let path = file
                .strip_prefix(&folder)
                .expect("it was found in this folder")
                .to_owned();
            if path.extension().is_some_and(|extension| extension == "md")
                && path != Path::new("SUMMARY.md")
            {
                match Source::read(root, &file) {
                    Ok(source) => drop(chapters.insert(path, source)),
                    Err(finding) => findings.push(finding),
                }
            }
        }
        match (language, summary) {
            (Ok(language), Ok((contents, summary))) if findings.is_empty() => Ok(Self {
                tag: tag.to_owned(),
                language,
                summary,
                contents,
                chapters,
            }),
            (language, summary) => {
                findings.extend(language.err());
                findings.extend(summary.err());
                findings.sort_by(|a, b| a.order().cmp(&b.order()));
                Err(findings)
            }
        }
    }

    /// The edition's folder, from the project's root.
    pub fn folder(&self) -> PathBuf {
        Path::new(EDITIONS).join(&self.tag)
    }

    /// The paths of the chapters that SUMMARY.md lists, in order.
    pub fn listed(&self) -> impl Iterator<Item = &Path> {
        self.contents.iter().filter_map(|entry| match entry {
            Entry::Chapter { path, .. } => Some(path.as_path()),
            _ => None,
        })
    }

    /// A chapter's title, if the edition lists it.
    pub fn title(&self, chapter: &Path) -> Option<&str> {
        self.contents.iter().find_map(|entry| match entry {
            Entry::Chapter { title, path } if path == chapter => Some(title.as_str()),
            _ => None,
        })
    }

    /// The title of the part that a chapter is listed in.
    pub fn part_of(&self, chapter: &Path) -> Option<&str> {
        let mut part = None;
        for entry in &self.contents {
            match entry {
                Entry::Part(title) => part = Some(title.as_str()),
                Entry::Chapter { path, .. } if path == chapter => return part,
                _ => {}
            }
        }
        None
    }

    /// Where SUMMARY.md lists a chapter.
    pub fn listed_at(&self, chapter: &Path) -> Option<Place> {
        let mut links = summary_links(&self.summary).into_iter();
        let (_, span) = links.find(|(path, _)| path == chapter)?;
        Some(self.summary.place(span))
    }

    /// A chapter's text in this edition, if it lists the chapter and has it.
    pub fn chapter(&self, path: &Path) -> Option<&Arc<Source>> {
        self.title(path)?;
        self.chapters.get(path)
    }
}

/// The part's and the chapter's number, from the names of the folder and the file: `02_execution/03_wakeups.md` is 2.3.
pub fn number(chapter: &Path) -> Option<[u32; 2]> {
    let mut parts = chapter
        .iter()
        .map(|part| part.to_str()?.split_once('_')?.0.parse().ok());
    let number = [parts.next()??, parts.next()??];
    parts.next().is_none().then_some(number)
}

const FLAT: &str = "the book's contents are flat: parts (`# Title`) and chapters with a file (`- [Title](file.md)`)";

/// Reads a SUMMARY.md with mdBook's own parser.
pub(crate) fn contents(source: &Arc<Source>) -> Result<Vec<Entry>, Diagnostic> {
    let links = summary_links(source);
    let place_of = |path: &Path| {
        let link = links.iter().find(|(listed, _)| listed == path);
        source.place(link.map_or(0..0, |(_, span)| span.clone()))
    };
    let mut listed = BTreeSet::new();
    for (path, span) in &links {
        if !path.as_os_str().is_empty() && !listed.insert(path) {
            return Err(Diagnostic::new(
                "listed-twice",
                format!("`{}` is listed twice", path.display()),
            )
            .at(source.place(span.clone()), "listed already above")
            .help("remove one of the two lines"));
        }
    }
    let Summary {
        prefix_chapters,
        numbered_chapters,
        suffix_chapters,
        ..
    } = parse_summary(&source.text)
        .map_err(|error| not_a_summary(source, &error.root_cause().to_string()))?;
    let mut entries = Vec::new();
    for item in prefix_chapters
        .into_iter()
        .chain(numbered_chapters)
        .chain(suffix_chapters)
    {
        match item {
            SummaryItem::PartTitle(title) => entries.push(Entry::Part(title)),
            SummaryItem::Separator => entries.push(Entry::Separator),
            SummaryItem::Link(link) => {
                let path = PathBuf::from(display_path(&link.location.unwrap_or_default()));
                if path.as_os_str().is_empty() {
                    return Err(Diagnostic::new("bad-summary", "a chapter without a file")
                        .at(place_of(&path), "names no file")
                        .help(FLAT));
                }
                if !link.nested_items.is_empty() {
                    return Err(
                        Diagnostic::new("bad-summary", "a chapter with chapters below it")
                            .at(place_of(&path), "a list is nested below this line")
                            .help(FLAT),
                    );
                }
                entries.push(Entry::Chapter {
                    title: link.name,
                    path,
                });
            }
            item => unreachable!("mdBook 0.5 has no other items: {item:?}"),
        }
    }
    Ok(entries)
}

/// The links of a SUMMARY.md: where they lead, and where they stand.
fn summary_links(source: &Arc<Source>) -> Vec<(PathBuf, Range<usize>)> {
    let links = structure(source).links.into_iter();
    // mdBook reads `%20`, and no other escape.
    let path = |target: &str| PathBuf::from(display_path(Path::new(&target.replace("%20", " "))));
    links.map(|link| (path(&link.target), link.span)).collect()
}

/// What mdBook says of a SUMMARY.md that it does not understand. It names the line in its text.
fn not_a_summary(source: &Arc<Source>, said: &str) -> Diagnostic {
    let told = said
        .strip_prefix("failed to parse SUMMARY.md line ")
        .and_then(|rest| {
            let (line, rest) = rest.split_once(',')?;
            Some((line.parse::<usize>().ok()?, rest.split_once(": ")?.1))
        });
    let (line, said) = told.unwrap_or((1, said));
    let mut lines = source.text.split_inclusive('\n');
    let start = lines
        .by_ref()
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let length = lines.next().unwrap_or_default().trim_end().len();
    Diagnostic::new(
        "bad-summary",
        format!("mdBook does not understand this: {said}"),
    )
    .at(source.place(start..start + length), "")
    .help(FLAT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_is_numbered_by_its_path() {
        assert_eq!(
            number(Path::new("02_execution/03_wakeups.md")),
            Some([2, 3])
        );
        assert_eq!(number(Path::new("introduction.md")), None);
        assert_eq!(number(Path::new("appendix/terms.md")), None);
    }

    #[test]
    fn a_summary_is_parts_and_chapters() {
        let text =
            "# Summary\n\n[Intro](introduction.md)\n\n# One\n\n- [`A` b](01_x/01_a.md)\n\n---\n";
        let entries = contents(&Arc::new(Source::new("src/en/SUMMARY.md", text))).unwrap();
        assert_eq!(
            entries,
            [
                Entry::Chapter {
                    title: "Intro".into(),
                    path: "introduction.md".into()
                },
                Entry::Part("One".into()),
                Entry::Chapter {
                    title: "A b".into(),
                    path: "01_x/01_a.md".into()
                },
                Entry::Separator,
            ]
        );
        let draft = Source::new(
            "src/en/SUMMARY.md",
            "# Summary\n\n- [A](a.md)\n  - [B](b.md)\n",
        );
        assert_eq!(
            contents(&Arc::new(draft))
                .unwrap_err()
                .place
                .unwrap()
                .start()
                .line,
            3
        );
    }
}
