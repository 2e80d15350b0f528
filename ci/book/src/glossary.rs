//! The editions' glossaries, as far as they can be understood. What is wrong with them is told by [`check()`](crate::check()).

use std::{collections::BTreeMap, path::Path};

use serde::Serialize;
use toml::{Table, Value};

use crate::{diagnostic::Diagnostic, example::parse_toml, project::Edition, source::Source};

/// The table of words that are no terms, and are the same in every chapter all the same: English word = rendering.
const WORDS: &str = "words";

/// An edition's glossary.
#[derive(Debug, Default)]
pub struct Glossary {
    /// The terms, by the keys of the English glossary.
    pub terms: BTreeMap<String, Term>,
    /// The words besides, by the English ones.
    pub words: BTreeMap<String, String>,
}

/// How an edition renders a term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The preferred rendering; empty if it is still to be decided.
    pub term: String,
    /// What it means, in the edition's language.
    pub definition: String,
    /// Other forms that may appear.
    pub also: Vec<String>,
    /// Renderings that must not appear.
    pub forbidden: Vec<String>,
    /// The reason, where the term is contested.
    pub why: String,
}

impl Glossary {
    /// Reads an edition's glossary. An edition without one has no terms.
    ///
    /// # Errors
    ///
    /// A file that can't be read, or is not TOML.
    pub fn read(root: &Path, edition: &Edition) -> Result<Self, Diagnostic> {
        let path = edition.folder().join("glossary.toml");
        if !root.join(&path).exists() {
            return Ok(Self::default());
        }
        let table: Table = parse_toml(&Source::read(root, &path)?)?;
        let mut glossary = Self::default();
        for (key, value) in table {
            match value {
                Value::Table(words) if key == WORDS => glossary.words = texts(words),
                Value::Table(entry) => drop(glossary.terms.insert(key, Term::new(&entry))),
                _ => {}
            }
        }
        Ok(glossary)
    }
}

fn texts(table: Table) -> BTreeMap<String, String> {
    let text = |(key, value): (String, Value)| Some((key, value.as_str()?.to_owned()));
    table.into_iter().filter_map(text).collect()
}

impl Term {
    fn new(entry: &Table) -> Self {
        // A list may be a single string, and a text a list of lines.
        let list = |key| -> Vec<String> {
            match entry.get(key) {
                Some(Value::Array(list)) => list
                    .iter()
                    .filter_map(|item| Some(item.as_str()?.to_owned()))
                    .collect(),
                Some(Value::String(text)) => vec![text.clone()],
                _ => Vec::new(),
            }
        };
        let text = |key| list(key).join(" ");
        Self {
            term: text("term"),
            definition: text("definition"),
            also: list("also"),
            forbidden: list("forbidden"),
            why: text("why"),
        }
    }
}
