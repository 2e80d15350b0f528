//! Where a language has a space, and where it has none.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Looked, is_own_or_code};
use crate::{
    chapter::prose::{CODE, is_latin, is_own},
    check::Findings,
    diagnostic::Diagnostic,
};

/// The zero-width non-joiner.
const JOINER: char = '\u{200C}';

static JOINERS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("\u{200C}+").expect("a valid pattern"));

static TOKEN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\S+").expect("a valid pattern"));

pub(super) fn check(looked: &Looked<'_>) -> Findings {
    let mut findings = pairs(looked);
    findings.extend(lines(looked));
    findings.extend(stray_joiners(looked));
    findings.extend(words(looked));
    findings
}

/// What stands side by side: a wide mark and a space, letters of two scripts.
fn pairs(looked: &Looked<'_>) -> Findings {
    let (text, rules) = (looked.text(), looked.rules);
    let is_wide = |c: char| rules.unspaced.contains(c);
    let is_latin = |c: char| is_latin(c) || c.is_ascii_digit() || c == CODE;
    let next = text.char_indices().skip(1);
    let mut findings = Findings::new();
    for ((at, one), (middle, other)) in text.char_indices().zip(next) {
        let pair = at..middle + other.len_utf8();
        if (is_wide(one) && other == ' ') || (one == ' ' && is_wide(other)) {
            findings.push(looked.finding(
                "stray-space",
                pair,
                "a wide mark has no space beside it",
                "",
                "remove the space",
            ));
        } else if rules.latin_spaced
            && ((is_own(one) && is_latin(other)) || (is_latin(one) && is_own(other)))
        {
            findings.push(looked.finding(
                "missing-space",
                pair,
                "there is no space between the two scripts",
                "",
                "write a space between them; code counts as Latin",
            ));
        }
    }
    findings
}

/// The first line break in a paragraph's source.
fn lines(looked: &Looked<'_>) -> Option<Diagnostic> {
    let newline = looked.text().find('\n').filter(|_| looked.rules.one_line)?;
    let last = looked.before(newline)?;
    Some(looked.finding(
        "wrapped-paragraph",
        newline - last.len_utf8()..newline,
        "this paragraph goes on in the next line",
        "the page would show a space here",
        "write each paragraph as one line",
    ))
}

/// Joiners that join nothing. No language has those, so this is no switch.
fn stray_joiners(looked: &Looked<'_>) -> Findings {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == CODE);
    let stray = JOINERS.find_iter(looked.text()).filter(|joiners| {
        joiners.len() > JOINER.len_utf8()
            || !joins(looked.before(joiners.start()))
            || !joins(looked.after(joiners.end()))
    });
    stray
        .map(|joiners| {
            // With its neighbours, for it cannot be seen.
            let before = looked.before(joiners.start()).map_or(0, char::len_utf8);
            let after = looked.after(joiners.end()).map_or(0, char::len_utf8);
            looked.finding(
                "stray-joiner",
                joiners.start() - before..joiners.end() + after,
                "this zero-width non-joiner is not between two letters",
                "U+200C",
                "remove it: one stands inside of a word, and never beside a space or another one",
            )
        })
        .collect()
}

/// Words that belong to the one before them, or to the next.
fn words(looked: &Looked<'_>) -> Findings {
    let (text, rules) = (looked.text(), looked.rules);
    let is_letter = |c: char| c.is_alphanumeric() || c == JOINER || c == CODE;
    let tokens: Vec<Range<usize>> = TOKEN.find_iter(text).map(|token| token.range()).collect();
    let mut findings = Findings::new();
    for pair in tokens.windows(2) {
        let (one, other) = (&text[pair[0].clone()], &text[pair[1].clone()]);
        let first = one.trim_start_matches(|c| !is_letter(c));
        let second = other.trim_end_matches(|c| !is_letter(c));
        let whole = pair[0].end - first.len()..pair[1].start + second.len();
        let is = |list: &[String], word: &str| list.iter().any(|listed| listed == word);
        let joined_to_word = is(&rules.joined_to_word, second) && one.ends_with(is_own_or_code);
        let joined_to_next = is(&rules.joined_to_next, first) && other.starts_with(is_own);
        if joined_to_word || joined_to_next {
            findings.push(looked.finding(
                "missing-joiner",
                whole,
                format!("`{first} {second}` is one word").replace(CODE, "…"),
                "a space inside of it",
                "write a zero-width non-joiner (U+200C) instead of the space",
            ));
        } else if is(&rules.joined_to_code, second) && one.ends_with(CODE) {
            findings.push(looked.finding(
                "stray-space",
                pair[0].end - CODE.len_utf8()..pair[1].start + second.len(),
                format!("the particle `{second}` stands directly behind its word"),
                "",
                "remove the space",
            ));
        }
    }
    findings
}
