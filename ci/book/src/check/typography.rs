//! Prose is set as its language wants it, which `[typography]` of language.toml says. See [`Typography`] for the rules.

use std::ops::Range;

use super::{Book, Chapter, Findings};
use crate::{
    chapter::prose::{CODE, Text, is_own},
    diagnostic::Diagnostic,
    typography::Typography,
};

mod marks;
mod sentences;
mod spaces;

pub(super) fn check(_: &Book<'_>, chapter: &Chapter<'_>) -> Findings {
    let passages = chapter.prose.iter().map(|passage| Looked {
        chapter,
        passage,
        rules: &chapter.edition.language.typography,
    });
    let findings = passages.flat_map(|looked| {
        let mut findings = marks::check(&looked);
        findings.extend(spaces::check(&looked));
        findings.extend(sentences::check(&looked));
        findings
    });
    findings.collect()
}

/// A passage that is being looked at.
struct Looked<'a> {
    chapter: &'a Chapter<'a>,
    passage: &'a Text,
    rules: &'a Typography,
}

impl<'a> Looked<'a> {
    fn text(&self) -> &'a str {
        &self.passage.text
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text()[..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.text()[at..].chars().next()
    }

    /// What is wrong at a part of the passage.
    fn finding(
        &self,
        rule: &'static str,
        part: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        let place = self.chapter.place(&self.passage.span(part));
        Diagnostic::new(rule, message).at(place, label).help(help)
    }
}

/// Whether it is, or stands for, something of the language's own text: a letter of its own, or code in its sentences.
fn is_own_or_code(char: char) -> bool {
    is_own(char) || char == CODE
}

/// A space that cannot be seen in a message.
fn visible(text: &str) -> String {
    text.replace('\u{A0}', "[U+00A0]")
        .replace('\u{200C}', "[U+200C]")
}
