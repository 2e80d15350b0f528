//! The preprocessor that stock mdBook starts: everything that changes a chapter's text.
//!
//! mdBook writes `[context, book]` as JSON to standard input and reads the book back from standard output.

use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use mdbook_preprocessor::{
    book::{Book, SectionNumber},
    parse_input,
};

use crate::{
    diagnostic::Diagnostic,
    example::parse_toml,
    figure::figures,
    project::{Language, number},
    snippet::{Door, Snippets},
    source::{Source, display_path},
    strings,
};

/// Answers one call of mdBook.
///
/// # Errors
///
/// Input that is not mdBook's, and every place in every chapter that would break a page.
pub fn preprocess(input: impl Read, output: impl Write) -> Result<(), Vec<Diagnostic>> {
    let (context, mut book) = parse_input(input).map_err(|error| {
        vec![
            Diagnostic::new(
                "not-mdbook",
                format!("standard input is not what mdBook sends: {error}"),
            )
            .help(
                "mdBook starts this command by itself: run `mdbook build`, or `cargo book build`",
            ),
        ]
    })?;
    let door = if context.renderer == "test" {
        Door::StockTest
    } else {
        Door::Page
    };
    let folder = &context.config.book.src;
    expand_book(&mut book, folder, &Snippets::new(&context.root), door)?;
    if context.renderer == "html" {
        let language: Language = Source::read(&context.root, folder.join(strings::FILE))
            .and_then(|source| parse_toml(&source))
            .map_err(|finding| vec![finding])?;
        book.for_each_chapter_mut(|chapter| {
            chapter.content = figures(&chapter.content, &language);
        });
    }
    serde_json::to_writer(output, &book).map_err(|error| {
        vec![Diagnostic::new(
            "unwritable",
            format!("mdBook did not take the book back: {error}"),
        )]
    })
}

/// The path that mdBook is told for a chapter. Its template sees this path, and a link is to lead to the page.
pub(crate) fn page_path(chapter: &Path) -> PathBuf {
    chapter.with_extension("html")
}

/// Expands and numbers every chapter of a book whose files lie in `folder`, a path from the project's root.
///
/// # Errors
///
/// All findings of all chapters.
pub fn expand_book(
    book: &mut Book,
    folder: &Path,
    snippets: &Snippets,
    door: Door,
) -> Result<(), Vec<Diagnostic>> {
    let mut findings = Vec::new();
    book.for_each_chapter_mut(|chapter| {
        let Some(path) = chapter.source_path.as_deref() else {
            return;
        };
        let file = display_path(&folder.join(path));
        chapter.number = number(path).map(SectionNumber::new);
        if door == Door::Page {
            chapter.path = Some(page_path(path));
        }
        let source = Arc::new(Source::new(file, std::mem::take(&mut chapter.content)));
        match snippets.expand(&source, door) {
            Ok(text) => chapter.content = text,
            Err(errors) => findings.extend(errors),
        }
    });
    if findings.is_empty() {
        Ok(())
    } else {
        Err(findings)
    }
}
