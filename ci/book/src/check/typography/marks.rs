//! Which characters a language has: quotation marks, dashes, digits, punctuation.

use std::sync::LazyLock;

use regex::Regex;

use super::{Looked, is_own_or_code, visible};
use crate::{
    chapter::prose::{CODE, is_latin, is_own},
    check::Findings,
};

const QUOTES: &str = "\"“”„‟«»‹›「」『』〝〞＂";

/// The apostrophe is one of them only where it is not inside a word.
const SINGLE_QUOTES: &str = "'‘’‚‛";

static DASH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\s(?:-{1,3}|[–—―])\s").expect("a valid pattern"));

static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\p{Nd}+(?:\.\p{Nd}+)*").expect("a valid pattern"));

pub(super) fn check(looked: &Looked<'_>) -> Findings {
    let mut findings = characters(looked);
    findings.extend(dashes(looked));
    findings.extend(digits(looked));
    findings
}

/// The rules that look at one character and its neighbours.
fn characters(looked: &Looked<'_>) -> Findings {
    let (text, rules) = (looked.text(), looked.rules);
    let has_own = text.chars().any(is_own);
    let mut findings = Findings::new();
    for (at, char) in text.char_indices() {
        let end = at + char.len_utf8();
        if let Some(instead) = rules.never.get(&char) {
            findings.push(looked.finding(
                "wrong-character",
                at..end,
                format!("`{char}` is not a character of this language"),
                format!("U+{:04X}", u32::from(char)),
                format!("write `{instead}` (U+{:04X})", u32::from(*instead)),
            ));
        }
        if is_wrong_quote(looked, at, char) {
            findings.push(looked.finding(
                "wrong-quote",
                at..end,
                format!("this edition does not quote with `{char}`"),
                "",
                format!("write one of {}", rules.quotes),
            ));
        }
        if let Some(instead) = rules.marks.get(&char)
            && has_own
            && is_beside_own(&text[..at], &text[end..])
        {
            findings.push(looked.finding(
                "wrong-mark",
                at..end,
                format!("`{char}` is not a mark of this language"),
                "",
                format!("write `{instead}`"),
            ));
        }
    }
    findings
}

fn is_wrong_quote(looked: &Looked<'_>, at: usize, char: char) -> bool {
    let allowed = looked.rules.quotes.as_str();
    if allowed.is_empty() || allowed.contains(char) {
        return false;
    }
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == CODE);
    QUOTES.contains(char)
        || SINGLE_QUOTES.contains(char)
            && !(is_letter(looked.before(at)) && is_letter(looked.after(at + char.len_utf8())))
}

/// Whether a mark stands between words of the language, and not inside of a Latin phrase or a number.
fn is_beside_own(before: &str, after: &str) -> bool {
    let is_word = |c: &char| c.is_alphanumeric() || *c == CODE;
    let left = before.chars().rev().find(is_word);
    let right = after.chars().find(is_word);
    left.into_iter().chain(right).any(is_own)
        || left
            .into_iter()
            .chain(right)
            .filter(|c| is_own_or_code(*c))
            .count()
            == 2
        || right.is_none() && left == Some(CODE)
}

fn dashes(looked: &Looked<'_>) -> Findings {
    let wanted = looked.rules.dash.as_str();
    if wanted.is_empty() {
        return Findings::new();
    }
    // A line may end behind a dash.
    let found = DASH.find_iter(looked.text());
    let wrong =
        found.filter(|dash| dash.as_str() != wanted && dash.as_str() != wanted.replace(' ', "\n"));
    wrong
        .map(|dash| {
            looked.finding(
                "wrong-dash",
                dash.range(),
                "a dash is not written like this",
                format!("`{}`", visible(dash.as_str()).replace('\n', " ")),
                format!("write `{}`", visible(wanted)),
            )
        })
        .collect()
}

/// Numbers of other digits, where they are no version and do not belong to a Latin name: `1.95`, `x86`, `Rust 2`.
fn digits(looked: &Looked<'_>) -> Findings {
    let (text, digits) = (looked.text(), looked.rules.digits.as_str());
    if digits.is_empty() {
        return Findings::new();
    }
    let found = NUMBER.find_iter(text).filter(|number| {
        let start = text[..number.start()]
            .rfind(char::is_whitespace)
            .map_or(0, |at| {
                at + text[at..].chars().next().map_or(0, char::len_utf8)
            });
        let end = text[number.end()..]
            .find(char::is_whitespace)
            .map_or(text.len(), |at| number.end() + at);
        let is_name = text[start..end].chars().any(is_latin)
            || text[..start]
                .trim_end()
                .ends_with(|c| is_latin(c) || c == CODE);
        let is_version = number.as_str().contains('.') && number.as_str().is_ascii();
        let is_wrong = |char: char| char != '.' && !digits.contains(char);
        !is_name && !is_version && number.as_str().contains(is_wrong)
    });
    found
        .map(|number| {
            looked.finding(
                "wrong-digit",
                number.range(),
                "these are not the digits of this edition",
                "",
                format!("write it with {digits}"),
            )
        })
        .collect()
}
