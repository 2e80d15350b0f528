//! Headings: one title, which SUMMARY.md has too, and an id for each that no other has.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use super::{Book, Chapter, Findings};
use crate::{chapter::Heading, diagnostic::Diagnostic};

static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)<!--.*?-->").expect("a valid pattern"));

pub(super) fn check(book: &Book<'_>, chapter: &Chapter<'_>) -> Findings {
    let mut findings = Findings::new();
    findings.extend(title(chapter));
    findings.extend(missing_ids(book, chapter));
    findings.extend(duplicate_ids(chapter));
    findings
}

fn title(chapter: &Chapter<'_>) -> Findings {
    let mut titles = chapter
        .structure
        .headings
        .iter()
        .filter(|heading| heading.level == 1);
    let Some(title) = titles.next() else {
        let first = 0..chapter.source.text.lines().next().unwrap_or_default().len();
        return vec![
            Diagnostic::new("missing-title", "the chapter has no title")
                .at(chapter.place(&first), "no `# Title` here or below")
                .help("begin with the title and its id: `# Title {#id}`"),
        ];
    };
    let mut findings = Findings::new();
    let before = COMMENT.replace_all(&chapter.source.text[..title.span.start], "");
    if !before.trim().is_empty() {
        findings.push(
            Diagnostic::new(
                "title-not-first",
                "the title is not at the top of the chapter",
            )
            .at(chapter.place(&title.span), "something stands above it")
            .help("move what is above the title below it; only comments may stay there"),
        );
    }
    if let Some(listed) = chapter
        .edition
        .title(chapter.path)
        .filter(|listed| *listed != title.text)
    {
        findings.push(
            Diagnostic::new(
                "title-differs",
                "the chapter has another title than SUMMARY.md gives it",
            )
            .at(
                chapter.place(&title.span),
                format!("SUMMARY.md says `{listed}`"),
            )
            .help("the page and the table of contents show the same title: change one of the two"),
        );
    }
    findings.extend(titles.map(|second| {
        Diagnostic::new("second-title", "the chapter has a second title")
            .at(chapter.place(&second.span), "a heading with a single `#`")
            .help("headings below the title begin with `##`")
    }));
    findings
}

fn missing_ids(book: &Book<'_>, chapter: &Chapter<'_>) -> Findings {
    let original = book.original(chapter);
    let headings = chapter.structure.headings.iter().enumerate();
    let without = headings.filter(|(_, heading)| heading.id.is_none());
    let findings = without.map(|(at, heading)| {
        let english = original.and_then(|original| original.structure.headings.get(at)?.id.clone());
        let id = english.or_else(|| original.is_none().then(|| suggestion(heading)));
        let help = match id.filter(|id| !id.is_empty()) {
            Some(id) => format!("write `{{#{id}}}` behind it"),
            None => "write the English heading's id behind it, `{#id}`".to_owned(),
        };
        Diagnostic::new("missing-id", "this heading has no id")
            .at(
                chapter.place(&heading.span),
                "links to it would break when its words change",
            )
            .help(help)
    });
    findings.collect()
}

/// `The waker's contract` becomes `the-wakers-contract`.
fn suggestion(heading: &Heading) -> String {
    let text = heading.text.to_lowercase().replace(['\'', '’'], "");
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn duplicate_ids(chapter: &Chapter<'_>) -> Findings {
    let headings = chapter.structure.headings.iter();
    let headings = headings.filter_map(|heading| Some((heading.id.as_deref()?, &heading.span)));
    let others = chapter
        .structure
        .other_ids
        .iter()
        .map(|id| (id.name.as_str(), &id.span));
    // Two recordings of one id are refused before.
    let recordings = chapter.recordings.iter();
    let recordings = recordings.map(|recorded| (recorded.id.as_str(), &recorded.span));
    let mut ids: Vec<_> = headings.chain(others).chain(recordings).collect();
    ids.sort_by_key(|(_, span)| span.start);
    let mut taken = BTreeMap::new();
    let mut findings = Findings::new();
    for (id, span) in ids {
        let place = chapter.place(span);
        if let Some(line) = taken.get(id) {
            findings.push(
                Diagnostic::new(
                    "duplicate-id",
                    format!("the id `{id}` is used twice in this chapter"),
                )
                .at(place, format!("line {line} has it already"))
                .help("a link can lead to one place only: give one of the two another id"),
            );
        } else {
            taken.insert(id, place.start().line);
        }
    }
    findings
}
