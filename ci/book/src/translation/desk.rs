//! The translator's desk: the English chapters, the translations and the locks, taken apart.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;

use super::{
    align::align,
    bless::{Chapter, units},
    state::{Counts, state},
};
use crate::{
    diagnostic::Diagnostic,
    directive::{Directive, directives_in},
    lock::{Blob, Lock, Record},
    passage::{Hash, Passage, passages},
    project::{Edition, Project, SOURCE_EDITION, number},
    snippet::Snippets,
    source::{Source, display_path},
};

/// The book, with its English chapters taken apart, each once and by whichever thread needs it first.
#[derive(Debug)]
pub struct Desk<'a> {
    /// The book.
    pub project: &'a Project,
    /// What the chapters include.
    pub snippets: Snippets,
    /// Each with its text, and taken apart when somebody asks for it.
    english: BTreeMap<&'a Path, (&'a Arc<Source>, OnceLock<English>)>,
}

/// An English chapter, taken apart.
#[derive(Debug)]
pub struct English {
    /// Its text.
    pub source: Arc<Source>,
    /// Its passages, with the code that they show.
    pub passages: Vec<Passage>,
    /// The id that git gives to it.
    pub blob: Blob,
}

/// A translated chapter, taken apart.
pub struct Translated {
    /// Its text.
    pub source: Arc<Source>,
    /// Its passages.
    pub passages: Vec<Passage>,
    /// Of each passage, whether it is marked as not translated yet.
    pub is_marked: Vec<bool>,
}

impl English {
    /// Takes an English chapter apart.
    pub fn new(source: &Arc<Source>, snippets: &Snippets) -> Self {
        Self {
            source: Arc::clone(source),
            passages: passages(source, Some(snippets)),
            blob: Blob::of(&source.text),
        }
    }
}

/// The hashes of the passages that translate each English one. `None` if the structure differs.
pub fn units_of(english: &English, translated: &Translated) -> Option<Vec<Vec<Hash>>> {
    let aligned = align(&english.passages, &translated.passages).ok()?;
    Some(units(&aligned, &translated.passages))
}

impl Translated {
    /// Takes a translation apart.
    pub fn new(source: &Arc<Source>) -> Self {
        let passages = passages(source, None);
        let is_marked = passages
            .iter()
            .map(|passage| {
                let directives = directives_in(source, passage.span.clone());
                directives
                    .iter()
                    .any(|directive| matches!(directive, Directive::Translate(_)))
            })
            .collect();
        Self {
            source: Arc::clone(source),
            passages,
            is_marked,
        }
    }
}

impl<'a> Desk<'a> {
    /// The desk of a book.
    pub fn new(project: &'a Project) -> Self {
        let chapters = project.source().listed().filter_map(|path| {
            let source = project.source().chapter(path)?;
            Some((path, (source, OnceLock::new())))
        });
        Self {
            project,
            snippets: Snippets::new(&project.root),
            english: chapters.collect(),
        }
    }

    /// Takes all English chapters apart, one per core.
    pub fn take_apart(&self) {
        self.english.par_iter().for_each(|(path, _)| {
            self.english(path);
        });
    }

    /// The English chapters, in the order of the book.
    pub fn chapters(&self) -> impl Iterator<Item = &'a Path> {
        self.project
            .source()
            .listed()
            .filter(|path| self.english.contains_key(path))
    }

    /// The English chapter at a path.
    pub fn english(&self, path: &Path) -> Option<&English> {
        let (source, english) = self.english.get(path)?;
        Some(english.get_or_init(|| English::new(source, &self.snippets)))
    }

    /// The edition of a language, which is not the source.
    ///
    /// # Errors
    ///
    /// There is no such translation. The known ones are listed.
    pub fn edition(&self, tag: &str) -> Result<&'a Edition, Diagnostic> {
        let found = self
            .project
            .edition(tag)
            .filter(|edition| edition.tag != SOURCE_EDITION);
        found.ok_or_else(|| {
            let message = if tag == SOURCE_EDITION {
                "English is the source, and no translation".to_owned()
            } else {
                format!("there is no edition `{tag}`")
            };
            let others = self.project.editions.iter().skip(1);
            let tags: Vec<_> = others.map(|edition| &*edition.tag).collect();
            Diagnostic::new("no-edition", message).help(format!(
                "there are {}; `cargo book new-language` makes one",
                tags.join(", ")
            ))
        })
    }

    /// The English chapter that a person means by its number (`02_03`, `2.3`), its path, or its name (`introduction`).
    ///
    /// # Errors
    ///
    /// There is no such chapter. The known ones are listed.
    pub fn chapter(&self, name: &str) -> Result<&'a Path, Diagnostic> {
        find_chapter(self.project, name)
    }

    /// How many passages of a chapter are in which state.
    pub fn counts(&self, path: &Path, lock: &Lock) -> Counts {
        let none = Record::default();
        let english = self
            .english(path)
            .map_or(&[][..], |english| &english.passages);
        state(english, lock.chapters.get(path).unwrap_or(&none), None).counts()
    }

    /// A translation beside its English chapter, for [`bless`](super::bless::bless).
    pub fn pair<'p>(&'p self, path: &Path, translated: &'p Translated) -> Option<Chapter<'p>> {
        let english = self.english(path)?;
        Some(Chapter {
            english: &english.passages,
            blob: &english.blob,
            translation: &translated.passages,
            is_marked: &translated.is_marked,
        })
    }
}

/// The number of a chapter as people write it: `2.3`; the name of the file for one without a number.
pub fn short_name(path: &Path) -> String {
    match number(path) {
        Some([part, chapter]) => format!("{part:02}_{chapter:02}"),
        None => display_path(&path.with_extension("")),
    }
}

/// The English chapter that a person means by its number (`02_03`, `2.3`), its path, or its name (`introduction`).
///
/// # Errors
///
/// There is no such chapter. The known ones are listed.
pub fn find_chapter<'a>(project: &'a Project, name: &str) -> Result<&'a Path, Diagnostic> {
    let as_number = |name: &str| -> Option<[u32; 2]> {
        let (part, chapter) = name.split_once(['.', '_'])?;
        Some([part.parse().ok()?, chapter.parse().ok()?])
    };
    let wanted = as_number(name);
    let trimmed = name.trim_start_matches("src/en/");
    let matches = |path: &&Path| {
        path.to_str() == Some(trimmed)
            || short_name(path) == name
            || wanted.is_some() && number(path) == wanted
    };
    project.source().listed().find(matches).ok_or_else(|| {
        let known: Vec<_> = project.source().listed().map(short_name).collect();
        Diagnostic::new("no-chapter", format!("there is no chapter `{name}`"))
            .help(format!("there are {}", known.join(", ")))
    })
}

/// The locks of editions, each read once.
///
/// # Errors
///
/// Every lock that can't be read.
pub fn locks<'a>(
    project: &Project,
    editions: &[&'a Edition],
) -> Result<Vec<(&'a Edition, Lock)>, Vec<Diagnostic>> {
    let read: Vec<_> = editions
        .par_iter()
        .map(|edition| Lock::read(project, edition).map(|lock| (*edition, lock)))
        .collect();
    let (mut locks, mut findings) = (Vec::new(), Vec::new());
    for one in read {
        match one {
            Ok(lock) => locks.push(lock),
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() {
        Ok(locks)
    } else {
        Err(findings)
    }
}

/// Where an edition's text of a chapter is, from the project's root.
pub fn file(edition: &Edition, path: &Path) -> PathBuf {
    edition.folder().join(path)
}
