//! Everything that would break a page.
//!
//! Each file below is one concern, and holds its rules. A rule for chapters gets one chapter and the book around it; a
//! rule for the whole book gets the book. All of them look at the same structures, which are parsed once.

use std::{
    collections::BTreeMap,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    chapter::{
        Structure,
        elements::{Elements, elements},
        prose::{Text, texts},
        structure,
    },
    diagnostic::Diagnostic,
    directive::{Directive, directives},
    passage, picture,
    project::{Edition, Project},
    recording::chapter::{Recorded, recordings},
    snippet::Snippets,
    source::{Place, Source},
};

mod anchors;
mod comments;
mod doctests;
mod editions;
mod examples;
mod exercises;
mod fences;
mod glossary;
mod headings;
mod includes;
mod links;
mod lock;
mod plans;
mod prose;
mod summary;
mod translation;
mod typography;

/// What a rule found.
type Findings = Vec<Diagnostic>;

const CHAPTER_RULES: [fn(&Book<'_>, &Chapter<'_>) -> Findings; 7] = [
    includes::check,
    headings::check,
    links::check,
    fences::check,
    translation::check,
    prose::check,
    typography::check,
];

const BOOK_RULES: [fn(&Book<'_>) -> Findings; 11] = [
    settings,
    cards,
    editions::check,
    summary::check,
    glossary::check,
    anchors::check,
    plans::check,
    examples::check,
    doctests::check,
    exercises::check,
    lock::check,
];

/// The book, with its chapters taken apart.
struct Book<'a> {
    project: &'a Project,
    snippets: Snippets,
    /// The chapters of each edition, listed or not, in the order of the project's editions.
    chapters: Vec<BTreeMap<&'a Path, Chapter<'a>>>,
}

/// A chapter of an edition, taken apart.
struct Chapter<'a> {
    edition: &'a Edition,
    path: &'a Path,
    source: &'a Arc<Source>,
    structure: Structure,
    elements: Elements,
    prose: Vec<Text>,
    directives: Vec<Directive>,
    /// The recorded runs that it shows.
    recordings: Vec<Recorded>,
    /// What is wrong with others.
    unrecorded: Findings,
}

/// Looks at every edition and the examples, and returns all that is wrong, in the order of files and lines.
///
/// # Errors
///
/// The same list, if a file in it could not be read: then there may be more that is wrong.
pub fn check(project: &Project) -> Result<Findings, Findings> {
    look(project, &BOOK_RULES)
}

/// As [`check()`], and what a change of the English code leaves behind in the translations: the comments in it that have no
/// translation any more. That never stands in the way of such a change, so it is asked for by itself.
///
/// # Errors
///
/// As [`check()`].
pub fn check_with_comments(project: &Project) -> Result<Findings, Findings> {
    look(project, &[&BOOK_RULES[..], &[comments::check]].concat())
}

fn look(project: &Project, book_rules: &[fn(&Book<'_>) -> Findings]) -> Result<Findings, Findings> {
    let book = Book::new(project);
    let chapters: Vec<_> = book.chapters.iter().flat_map(BTreeMap::values).collect();
    let in_chapters = chapters
        .into_par_iter()
        .flat_map_iter(|chapter| CHAPTER_RULES.iter().flat_map(|rule| rule(&book, chapter)));
    let in_book = book_rules.par_iter().flat_map_iter(|rule| rule(&book));
    let mut findings: Findings = in_chapters.chain(in_book).collect();
    sort(project, &mut findings);
    if findings.iter().any(Diagnostic::is_unreadable) {
        Err(findings)
    } else {
        Ok(findings)
    }
}

/// Puts findings in the order of the editions, then by file and place, and removes what was found twice: a file that
/// two chapters include is wrong only once.
fn sort(project: &Project, findings: &mut Findings) {
    let folders: Vec<PathBuf> = project.editions.iter().map(Edition::folder).collect();
    let edition = |finding: &Diagnostic| {
        let path = Path::new(finding.path().unwrap_or_default());
        folders
            .iter()
            .position(|folder| path.starts_with(folder))
            .unwrap_or(folders.len())
    };
    findings.sort_by(|a, b| {
        (edition(a), a.order(), a.rule, &a.message).cmp(&(
            edition(b),
            b.order(),
            b.rule,
            &b.message,
        ))
    });
    findings.dedup_by(|a, b| (a.order(), a.rule, &a.message) == (b.order(), b.rule, &b.message));
}

/// book.toml, as mdBook reads it.
fn settings(book: &Book<'_>) -> Findings {
    book.project.settings().err().into_iter().collect()
}

/// The pictures that links to the editions are shown with: each says the edition's title.
fn cards(book: &Book<'_>) -> Findings {
    let card = |edition| picture::check(&book.project.root, edition);
    book.project.editions.iter().filter_map(card).collect()
}

impl<'a> Book<'a> {
    fn new(project: &'a Project) -> Self {
        let snippets = Snippets::new(&project.root);
        let editions = project.editions.par_iter().map(|edition| {
            let chapters = edition.chapters.par_iter();
            chapters
                .map(|(path, source)| {
                    (
                        path.as_path(),
                        Chapter::new(&snippets, edition, path, source),
                    )
                })
                .collect()
        });
        let chapters = editions.collect();
        Self {
            project,
            snippets,
            chapters,
        }
    }

    /// The chapters of the source edition.
    fn english(&self) -> &BTreeMap<&'a Path, Chapter<'a>> {
        &self.chapters[0]
    }

    /// The English chapter that a chapter of another edition translates.
    fn original(&self, chapter: &Chapter<'a>) -> Option<&Chapter<'a>> {
        if chapter.is_english(self) {
            return None;
        }
        self.english().get(chapter.path)
    }

    /// The text that an edition shows at a chapter's address: its own, or the English one. `None` if there is no page.
    fn page(&self, edition: &Edition, path: &Path) -> Option<&Chapter<'a>> {
        self.project.source().title(path)?;
        let at = self
            .project
            .editions
            .iter()
            .position(|other| other.tag == edition.tag)?;
        let own = self.chapters[at]
            .get(path)
            .filter(|_| edition.title(path).is_some());
        own.or_else(|| self.english().get(path))
    }
}

/// A chapter's prose, without the passages that are marked as not translated yet: they are English, and nobody's mistake.
fn translated_prose(source: &Arc<Source>, directives: &[Directive]) -> Vec<Text> {
    let mut prose = texts(&source.text);
    let marks: Vec<usize> = directives
        .iter()
        .filter_map(|directive| match directive {
            Directive::Translate(mark) => Some(mark.start),
            _ => None,
        })
        .collect();
    if !marks.is_empty() {
        let marked: Vec<Range<usize>> = passage::passages(source, None)
            .into_iter()
            .map(|passage| passage.span)
            .filter(|span| marks.iter().any(|mark| span.contains(mark)))
            .collect();
        prose.retain(|passage| {
            let at = passage.span(0..0).start;
            !marked.iter().any(|span| span.contains(&at))
        });
    }
    prose
}

impl<'a> Chapter<'a> {
    fn new(
        snippets: &Snippets,
        edition: &'a Edition,
        path: &'a Path,
        source: &'a Arc<Source>,
    ) -> Self {
        let directives = directives(source);
        let (recordings, unrecorded) = recordings(snippets, source, &directives);
        Self {
            edition,
            path,
            source,
            structure: structure(source),
            elements: elements(&source.text),
            prose: translated_prose(source, &directives),
            directives,
            recordings,
            unrecorded,
        }
    }

    fn is_english(&self, book: &Book<'_>) -> bool {
        self.edition.tag == book.project.source().tag
    }

    fn place(&self, span: &Range<usize>) -> Place {
        self.source.place(span.clone())
    }
}
