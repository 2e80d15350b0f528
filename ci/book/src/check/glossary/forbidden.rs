//! Renderings that a glossary forbids, in the edition's prose.

use std::{ops::Range, sync::LazyLock};

use rayon::prelude::*;
use regex::{Regex, RegexBuilder};

use crate::{
    check::{Chapter, Findings},
    diagnostic::Diagnostic,
    typography::Words,
};

/// A rendering that must not be used, and what to use.
pub(super) struct Forbidden {
    pub(super) rendering: String,
    /// The entry's key.
    pub(super) key: String,
    pub(super) term: String,
    pub(super) why: Option<String>,
}

/// Accents and vowel signs, which are written on a letter: they are not letters that go on with a word.
static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\A\p{M}\z").expect("a valid pattern"));

pub(super) fn check(forbidden: &[Forbidden], words: Words, chapters: &[&Chapter<'_>]) -> Findings {
    let patterns: Vec<_> = forbidden
        .iter()
        .map(|one| (one, pattern(&one.rendering)))
        .collect();
    let chapters = chapters.par_iter().flat_map_iter(|chapter| {
        chapter.prose.iter().flat_map(|passage| {
            patterns.iter().flat_map(|(one, pattern)| {
                let found = find(&passage.text, pattern, words);
                let findings = found.into_iter().map(|part| {
                    let help = match &one.why {
                        Some(why) => format!("write `{}`. {why}", one.term),
                        None => format!("write `{}`", one.term),
                    };
                    Diagnostic::new(
                        "forbidden-term",
                        format!(
                            "`{}` is not what this edition calls `{}`",
                            one.rendering, one.key
                        ),
                    )
                    .at(
                        chapter.place(&passage.span(part)),
                        format!("forbidden by {}/glossary.toml", chapter.edition.tag),
                    )
                    .help(help)
                });
                findings.collect::<Findings>()
            })
        })
    });
    chapters.collect()
}

/// The rendering in any case, with any white space between its words.
fn pattern(rendering: &str) -> Regex {
    let words = rendering.split_whitespace().map(regex::escape);
    let pattern = words.collect::<Vec<_>>().join(r"\s+");
    RegexBuilder::new(&pattern)
        .case_insensitive(true)
        .build()
        .expect("escaped text is a valid pattern")
}

/// Where a rendering stands in a text, as words are counted in its language.
fn find(text: &str, pattern: &Regex, words: Words) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(part) = pattern.find_at(text, from) {
        let begins = words == Words::Anywhere || !text[..part.start()].ends_with(goes_on);
        let ends = words != Words::Whole || !text[part.end()..].starts_with(goes_on);
        let first = text[part.start()..]
            .chars()
            .next()
            .map_or(1, char::len_utf8);
        from = part.start() + first;
        if begins && ends {
            from = part.end();
            found.push(part.range());
        }
    }
    found
}

/// Whether a character belongs to the same word as its neighbour. The zero-width non-joiner stands between parts of a word.
fn goes_on(char: char) -> bool {
    char.is_alphanumeric() && !MARK.is_match(char.encode_utf8(&mut [0; 4]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, rendering: &str, words: Words) -> usize {
        find(text, &pattern(rendering), words).len()
    }

    #[test]
    fn a_word_is_whole() {
        for (text, count) in [
            ("Таск, ТАСК и «таск».", 3),
            ("вытаскивать, таски", 0),
            ("втаск таск", 1),
        ] {
            assert_eq!(found(text, "таск", Words::Whole), count, "{text}");
        }
        for (text, count) in [("وظیفهٔ", 1), ("وظیفه\u{200C}ها", 1), ("وظیفهای", 0)]
        {
            assert_eq!(found(text, "وظیفه", Words::Whole), count, "{text}");
        }
        assert_eq!(
            found(
                "ложное\u{A0}\nпробуждение",
                "ложное пробуждение",
                Words::Whole
            ),
            1
        );
    }

    #[test]
    fn a_word_begins() {
        assert_eq!(found("작업을 하고, 새작업", "작업", Words::Beginning), 1);
        assert_eq!(found("작업을 하고, 새작업", "작업", Words::Whole), 0);
    }

    #[test]
    fn there_are_no_words() {
        assert_eq!(found("这个任务器和任务器", "任务器", Words::Anywhere), 2);
        assert_eq!(found("这个任务器", "任务器", Words::Beginning), 0);
    }
}
