//! SUMMARY.md and the chapters' files: each line has a file, each file a line, and the editions have the same ones.

use std::path::Path;

use super::{Book, Findings};
use crate::{
    diagnostic::Diagnostic,
    project::Edition,
    source::{Place, display_path},
};

/// The page for an address that does not exist, which is in no table of contents.
const NOT_FOUND: &str = "404.md";

pub(super) fn check(book: &Book<'_>) -> Findings {
    let mut findings = Findings::new();
    for edition in &book.project.editions {
        findings.extend(
            edition
                .listed()
                .filter_map(|path| line(book, edition, path)),
        );
        findings.extend(
            edition
                .chapters
                .keys()
                .filter_map(|path| file(book, edition, path)),
        );
        findings.extend(order(book, edition));
    }
    findings
}

fn place(edition: &Edition, path: &Path) -> Place {
    edition
        .listed_at(path)
        .unwrap_or_else(|| edition.summary.place(0..0))
}

/// A line of SUMMARY.md has a file, and in a translation the English edition lists it too.
fn line(book: &Book<'_>, edition: &Edition, path: &Path) -> Option<Diagnostic> {
    let shown = display_path(path);
    if book.project.source().title(path).is_none() {
        return Some(
            Diagnostic::new("chapter-without-english", format!("the English edition does not list `{shown}`"))
                .at(place(edition, path), "a chapter that only one edition has")
                .help("all editions have the same addresses: list it in src/en/SUMMARY.md first, or remove this line"),
        );
    }
    if edition.chapters.contains_key(path) {
        return None;
    }
    let help = if edition.tag == book.project.source().tag {
        "write the chapter, or remove its line"
    } else {
        "translate the chapter, or remove its line: until then, the edition shows the English text"
    };
    Some(
        Diagnostic::new(
            "missing-chapter",
            format!(
                "there is no file `{}`",
                display_path(&edition.folder().join(path))
            ),
        )
        .at(place(edition, path), "no such file beside this SUMMARY.md")
        .help(help),
    )
}

/// A chapter's file has a line in SUMMARY.md, and in a translation there is an English one.
fn file(book: &Book<'_>, edition: &Edition, path: &Path) -> Option<Diagnostic> {
    if edition.title(path).is_some() || path == Path::new(NOT_FOUND) {
        return None;
    }
    let source = &edition.chapters[path];
    let shown = display_path(path);
    let first_line = 0..source.text.lines().next().unwrap_or_default().len();
    let english = book.project.source();
    if !english.chapters.contains_key(path) && english.title(path).is_none() {
        return Some(
            Diagnostic::new(
                "chapter-without-english",
                format!("the English edition has no `{shown}`"),
            )
            .at(source.place(first_line), "a translation of nothing")
            .help("move it to where the English chapter is now, or delete it"),
        );
    }
    let summary = &edition.summary.path;
    Some(
        Diagnostic::new(
            "orphaned-chapter",
            format!("{summary} does not list this chapter"),
        )
        .at(source.place(first_line), "no reader finds it")
        .help(format!(
            "add `- [Title]({shown})` to {summary}, or delete the file"
        )),
    )
}

/// A translation may leave chapters out, but not move them. The first one that stands wrong is reported.
fn order(book: &Book<'_>, edition: &Edition) -> Option<Diagnostic> {
    let english: Vec<_> = book.project.source().listed().collect();
    let rank = |path: &Path| english.iter().position(|other| *other == path);
    let ranked = edition
        .listed()
        .filter_map(|path| Some((rank(path)?, path)));
    let ranked: Vec<_> = ranked.collect();
    let [(_, before), (_, path)] = ranked.windows(2).find(|two| two[0].0 > two[1].0)? else {
        return None;
    };
    let (shown, before) = (display_path(path), display_path(before));
    Some(
        Diagnostic::new(
            "chapter-order",
            "this chapter is in another place than in the English edition",
        )
        .at(
            place(edition, path),
            format!("the English SUMMARY.md has it before `{before}`"),
        )
        .help(format!(
            "move the line of `{shown}` up, or that of `{before}` down"
        )),
    )
}
