//! How a language sets its prose: the table `[typography]` of `language.toml`.
//!
//! Each key switches on one rule of `cargo book check`, and says what the language wants. So a new language is set up
//! by writing down its habits; a key that is left out asks for nothing.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The table `[typography]`. In the descriptions, a language's own letters are those that are not Latin.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Typography {
    /// Where a forbidden rendering of the glossary counts: `words = "whole"`.
    pub words: Words,
    /// The quotation marks, all that may be used: `quotes = "«»"`.
    pub quotes: String,
    /// A dash between words, with the spaces around it: `dash = "\u00A0— "`.
    pub dash: String,
    /// The ten digits of numbers, except versions (`1.95`) and those that belong to a Latin name: `digits = "۰۱۲۳۴۵۶۷۸۹"`.
    pub digits: String,
    /// Characters that prose never has, each with the one to write: `never = { "ي" = "ی" }`.
    pub never: BTreeMap<char, char>,
    /// Marks that are not used beside the language's own letters or code, each with the one to write: `marks = { "," = "،" }`.
    pub marks: BTreeMap<char, char>,
    /// Marks that have no space beside them, because they are wide: `unspaced = "，。"`.
    pub unspaced: String,
    /// Whether there is a space between the language's own letters and Latin ones, digits, or code.
    pub latin_spaced: bool,
    /// Whether a paragraph is one line of the source, because a line break would show up as a space.
    pub one_line: bool,
    /// Words that have a capital letter only where a sentence begins: `small = ["вы", "вас"]`.
    pub small: Vec<String>,
    /// Endings that follow their word behind a zero-width non-joiner and not behind a space: `joined-to-word = ["ها"]`.
    pub joined_to_word: Vec<String>,
    /// Beginnings that go before their word with a zero-width non-joiner and not with a space: `joined-to-next = ["می"]`.
    pub joined_to_next: Vec<String>,
    /// Particles that stand directly behind a code span: `joined-to-code = ["을", "를"]`.
    pub joined_to_code: Vec<String>,
    /// How a sentence that ends in the first may end, outside of quotation marks: `sentence-end = { "다" = ["니다"] }`.
    pub sentence_end: BTreeMap<String, Vec<String>>,
}

impl Typography {
    /// A number in the language's own digits.
    pub fn in_digits(&self, number: &str) -> String {
        let own: Vec<char> = self.digits.chars().collect();
        let digit = |c: char| {
            c.to_digit(10)
                .and_then(|value| own.get(value as usize).copied())
                .unwrap_or(c)
        };
        number.chars().map(digit).collect()
    }
}

/// Where a forbidden rendering counts.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Words {
    /// As whole words only.
    #[default]
    Whole,
    /// At the beginning of a word: particles follow in the same word.
    Beginning,
    /// Anywhere, because there are no spaces between words.
    Anywhere,
}
