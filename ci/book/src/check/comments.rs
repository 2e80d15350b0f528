//! Comments: each that a translated chapter shows is in its edition's comments.toml, and no other.

use std::{collections::BTreeMap, path::Path};

use rayon::prelude::*;

use super::{Book, Chapter, Findings};
use crate::{
    comment::{Dictionary, Shown, line, shown},
    diagnostic::Diagnostic,
    project::Edition,
};

pub(super) fn check(book: &Book<'_>) -> Findings {
    let editions = book.project.editions.par_iter().zip(&book.chapters).skip(1);
    editions
        .flat_map_iter(|(edition, chapters)| in_edition(book, edition, chapters))
        .collect()
}

fn in_edition(
    book: &Book<'_>,
    edition: &Edition,
    chapters: &BTreeMap<&Path, Chapter<'_>>,
) -> Findings {
    let dictionary = match book.snippets.dictionary(&edition.tag) {
        Ok(dictionary) => dictionary,
        Err(errors) => return errors,
    };
    // Each comment once, where the edition's reader meets it first.
    let mut comments: BTreeMap<String, (&Chapter<'_>, Shown)> = BTreeMap::new();
    for chapter in edition.listed().filter_map(|path| chapters.get(path)) {
        for shown in shown(&book.snippets, chapter.source, &chapter.structure.fences) {
            let text = shown.comment.text.clone();
            comments.entry(text).or_insert((chapter, shown));
        }
    }
    let missing = comments
        .iter()
        .filter(|(text, _)| !dictionary.entries.contains_key(*text))
        .map(|(text, (chapter, at))| missing_entry(edition, chapter, at, text));
    let mut findings: Findings = missing.collect();
    findings.extend(entries(&dictionary, |text| comments.contains_key(text)));
    findings
}

fn missing_entry(edition: &Edition, chapter: &Chapter<'_>, at: &Shown, text: &str) -> Diagnostic {
    let address = format!("{}:{}", at.file.path, at.comment.lines.start + 1);
    Diagnostic::new(
        "comment-untranslated",
        format!(
            "this code shows a comment in English: `{}`",
            shortened(text)
        ),
    )
    .at(
        chapter.place(&at.include.span),
        format!("stands in {address}"),
    )
    .help(format!(
        "`cargo book comments {tag}` makes room for it; or add to src/{tag}/comments.toml: {}",
        line(text, "…"),
        tag = edition.tag,
    ))
}

/// The entries that say nothing, and those that are for nothing.
fn entries(dictionary: &Dictionary, is_shown: impl Fn(&str) -> bool) -> Findings {
    let mut findings = Findings::new();
    for (english, entry) in &dictionary.entries {
        if !is_shown(english) {
            findings.push(
                Diagnostic::new("comment-gone", "no chapter of this edition shows this comment")
                    .at(dictionary.source.place(entry.key.clone()), "not in the code")
                    .help("if the English comment was changed, change it here, too, and its translation; otherwise remove the entry"),
            );
        } else if entry.text.is_empty() {
            findings.push(
                Diagnostic::new("comment-untranslated", "this comment is not translated yet")
                    .at(dictionary.source.place(entry.value.clone()), "nothing")
                    .help("write the translation between the quotes"),
            );
        }
    }
    findings
}

/// The beginning of a text, where a whole one would be too long.
fn shortened(text: &str) -> String {
    const LENGTH: usize = 60;
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
