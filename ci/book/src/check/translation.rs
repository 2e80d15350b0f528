//! Translations: each chapter has the structure of its English one.
//!
//! A translator is free within a section: its headings, its code blocks and includes, its tables and admonitions, its code
//! spans, and its links must be those of the English section. So where a section begins must be settled first: while the headings differ, only the first
//! difference between them is reported.

use std::ops::Range;

use super::{Book, Chapter, Findings};
use crate::{chapter::Heading, source::Place};

mod blocks;
mod code;
mod elements;
mod headings;
mod links;

pub(super) fn check(book: &Book<'_>, chapter: &Chapter<'_>) -> Findings {
    let Some(english) = book.original(chapter) else {
        return Findings::new();
    };
    let without_id = |heading: &Heading| heading.id.is_none();
    if [english, chapter]
        .iter()
        .any(|chapter| chapter.structure.headings.iter().any(without_id))
    {
        return Findings::new();
    }
    if let Some(difference) = headings::difference(english, chapter) {
        return vec![difference];
    }
    let mut findings = headings::other_ids(english, chapter);
    findings.extend(blocks::check(english, chapter));
    findings.extend(elements::check(english, chapter));
    findings.extend(code::check(english, chapter));
    findings.extend(links::check(english, chapter));
    findings
}

impl Chapter<'_> {
    /// The number of the section that `offset` is in: 0 above the first heading, 1 below it.
    fn section(&self, offset: usize) -> usize {
        self.structure
            .headings
            .partition_point(|heading| heading.span.start <= offset)
    }

    /// The last character of a section, where something is missing in it.
    fn end_of(&self, section: usize) -> Place {
        let headings = &self.structure.headings;
        let end = headings
            .get(section)
            .map_or(self.source.text.len(), |next| next.span.start);
        let text = self.source.text[..end].trim_end();
        let last = text.chars().next_back().map_or(0, char::len_utf8);
        self.place(&(text.len() - last..text.len()))
    }

    /// Where something stands, as a terminal or an editor can open it: `src/en/introduction.md:12`.
    fn address(&self, span: &Range<usize>) -> String {
        format!("{}:{}", self.source.path, self.place(span).start().line)
    }
}
