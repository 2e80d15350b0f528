//! How sentences begin and end.

use std::sync::LazyLock;

use regex::Regex;

use super::Looked;
use crate::check::Findings;

static WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\p{L}[\p{L}\p{M}]*").expect("a valid pattern"));

static END: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(\p{L}[\p{L}\p{M}]*)[.!?…]+").expect("a valid pattern"));

const OPENING: &str = "«“„‘「『(（[—";
const CLOSING: &str = "»”’」』)）]";

pub(super) fn check(looked: &Looked<'_>) -> Findings {
    let mut findings = capitals(looked);
    findings.extend(endings(looked));
    findings
}

/// Words that begin with a capital letter in the middle of a sentence.
fn capitals(looked: &Looked<'_>) -> Findings {
    let text = looked.text();
    if looked.rules.small.is_empty() {
        return Findings::new();
    }
    let capitals = WORD.find_iter(text).filter(|word| {
        let is_capital = word.as_str().starts_with(char::is_uppercase);
        let small = word.as_str().to_lowercase();
        is_capital && looked.rules.small.contains(&small) && !begins(&text[..word.start()])
    });
    capitals
        .map(|word| {
            looked.finding(
                "capital-letter",
                word.range(),
                format!(
                    "`{}` has a capital letter inside of a sentence",
                    word.as_str()
                ),
                "",
                format!("write `{}`", word.as_str().to_lowercase()),
            )
        })
        .collect()
}

/// Whether a sentence begins behind this text: at the start of a passage or a quotation, or behind another sentence.
fn begins(before: &str) -> bool {
    if before.ends_with(|c| OPENING.contains(c)) {
        return true;
    }
    let before = before.trim_end_matches(|c: char| {
        c.is_whitespace() || c == '"' || OPENING.contains(c) || CLOSING.contains(c)
    });
    before.is_empty() || before.ends_with(['.', '!', '?', '…'])
}

/// Sentences that end in a style which is not the book's.
fn endings(looked: &Looked<'_>) -> Findings {
    let (text, rules) = (looked.text(), looked.rules);
    let mut findings = Findings::new();
    for sentence in END.captures_iter(text) {
        let (whole, word) = (
            sentence.get(0).expect("group 0"),
            sentence.get(1).expect("group 1"),
        );
        let goes_on = looked.after(whole.end()).is_some_and(char::is_alphanumeric);
        let ending = rules.sentence_end.iter().find(|(wrong, right)| {
            let ends = |ending: &String| word.as_str().ends_with(ending.as_str());
            ends(wrong) && !right.iter().any(ends)
        });
        if let Some((wrong, right)) =
            ending.filter(|_| !goes_on && !is_quoted(&text[..whole.start()]))
        {
            findings.push(looked.finding(
                "wrong-ending",
                word.range(),
                format!("this sentence ends in `{wrong}`"),
                "",
                format!(
                    "end it in {}; what is quoted may end as it likes",
                    quoted(right)
                ),
            ));
        }
    }
    findings
}

fn quoted(endings: &[String]) -> String {
    let endings = endings.iter().map(|ending| format!("`{ending}`"));
    endings.collect::<Vec<_>>().join(" or ")
}

/// Whether a quotation has begun and not ended in this text.
fn is_quoted(before: &str) -> bool {
    let count = |marks: [char; 4]| before.matches(marks).count();
    count(['“', '«', '「', '『']) > count(['”', '»', '」', '』'])
        || before.matches('"').count() % 2 == 1
}
