//! Directives: each is an include, leads to a file and an anchor, and stands where it can be seen.

use super::{Book, Chapter, Findings};
use crate::{
    diagnostic::Diagnostic,
    directive::{Directive, Include},
};

pub(super) fn check(book: &Book<'_>, chapter: &Chapter<'_>) -> Findings {
    let mut findings = chapter.unrecorded.clone();
    for directive in &chapter.directives {
        match directive {
            Directive::Escaped(_) | Directive::Recording(_) => {}
            Directive::Translate(mark) if chapter.is_english(book) => findings.push(
                Diagnostic::new(
                    "unknown-directive",
                    "the English text waits for no translator",
                )
                .at(chapter.place(mark), "a mark for translations")
                .help("remove it"),
            ),
            Directive::Translate(_) => {}
            Directive::Bad(finding) => findings.push(finding.clone()),
            Directive::Include(include) => {
                findings.extend(book.snippets.resolve(chapter.source, include).err());
                findings.extend(hidden(chapter, include));
            }
        }
    }
    // What can only be wrong with a whole file, its modules, is the same in all editions.
    if findings.is_empty() && chapter.is_english(book) {
        let fences = chapter.structure.fences.iter();
        let codes = fences.filter_map(|fence| book.snippets.rust_code(chapter.source, fence));
        findings.extend(codes.filter_map(Result::err).flatten());
    }
    findings
}

/// An include in a heading or in a link changes a title, an id or a target, and nothing that looks at those sees it.
fn hidden(chapter: &Chapter<'_>, include: &Include) -> Option<Diagnostic> {
    let at = include.span.start;
    let in_heading = chapter
        .structure
        .headings
        .iter()
        .any(|heading| heading.span.contains(&at));
    let in_link = chapter
        .structure
        .links
        .iter()
        .any(|link| link.span.contains(&at));
    let (rule, what) = match (in_heading, in_link) {
        (true, _) => ("include-in-heading", "a heading"),
        (_, true) => ("include-in-link", "a link"),
        _ => return None,
    };
    Some(
        Diagnostic::new(rule, format!("an include inside of {what}"))
            .at(
                chapter.place(&include.span),
                "hidden from the checks",
            )
            .help("write the text itself here: headings and links are compared between the editions as they stand"),
    )
}
