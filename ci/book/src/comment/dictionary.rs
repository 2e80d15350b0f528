//! comments.toml: what an edition writes for each comment.

use std::{collections::BTreeMap, ops::Range, path::Path, sync::Arc};

use toml::de::DeTable;

use super::ends_a_block;
use crate::{diagnostic::Diagnostic, project::EDITIONS, source::Source};

/// The dictionary's name in the edition's folder.
const NAME: &str = "comments.toml";

/// An edition's translations of the comments in the code.
#[derive(Debug)]
pub struct Dictionary {
    /// comments.toml; empty, if there is none.
    pub source: Arc<Source>,
    /// By the English text.
    pub entries: BTreeMap<String, Entry>,
}

/// One line of a dictionary.
#[derive(Debug)]
pub struct Entry {
    /// The comment in the edition's language; empty until somebody has translated it.
    pub text: String,
    /// The bytes of the English text.
    pub key: Range<usize>,
    /// The bytes of the translation.
    pub value: Range<usize>,
}

impl Dictionary {
    /// Reads the dictionary of the edition `tag`. An edition may have none.
    ///
    /// # Errors
    ///
    /// A file that is no TOML, and everything in it that could not stand in a comment.
    pub fn read(root: &Path, tag: &str) -> Result<Self, Vec<Diagnostic>> {
        let path = Path::new(EDITIONS).join(tag).join(NAME);
        if !root.join(&path).exists() {
            return Ok(Self {
                source: Arc::new(Source::new(crate::source::display_path(&path), "")),
                entries: BTreeMap::new(),
            });
        }
        Self::parse(Source::read(root, &path).map_err(|finding| vec![finding])?)
    }

    pub(super) fn parse(source: Arc<Source>) -> Result<Self, Vec<Diagnostic>> {
        let table = DeTable::parse(&source.text).map_err(|error| {
            let place = source.place(error.span().unwrap_or(0..0));
            vec![
                Diagnostic::new("bad-toml", error.message())
                    .at(place, "")
                    .help("https://toml.io shows how TOML is written"),
            ]
        })?;
        let mut entries = BTreeMap::new();
        let mut findings = Vec::new();
        for (key, value) in table.get_ref() {
            let Some(text) = value.get_ref().as_str() else {
                findings.push(bad(
                    &source,
                    key.span(),
                    "a comment and its translation are two texts",
                    "",
                    "write `\"English text.\" = \"translation\"`, without tables",
                ));
                continue;
            };
            if let Some(character) = text.chars().find(|c| is_unfit(*c)) {
                findings.push(bad(
                    &source,
                    value.span(),
                    &format!("U+{:04X} cannot stand in a comment", u32::from(character)),
                    "ends a line, or is not seen",
                    "write the translation as one line: the page breaks it where there is room, and sets right-to-left text off",
                ));
            } else if ends_a_block(text) && !ends_a_block(key.get_ref()) {
                findings.push(bad(
                    &source,
                    value.span(),
                    "this translation could end its comment",
                    "has `/*` or `*/`, which the English text has not",
                    "what follows would be taken for code: write it in another way",
                ));
            }
            let entry = Entry {
                text: text.trim().to_owned(),
                key: key.span(),
                value: value.span(),
            };
            entries.insert(key.get_ref().to_string(), entry);
        }
        if findings.is_empty() {
            Ok(Self { source, entries })
        } else {
            Err(findings)
        }
    }

    /// The translation of a comment.
    pub fn get(&self, english: &str) -> Option<&str> {
        let text = self.entries.get(english)?.text.as_str();
        (!text.is_empty()).then_some(text)
    }
}

/// An entry as it is written: `"English text." = ""`.
pub fn line(english: &str, translation: &str) -> String {
    // A string of JSON is one of TOML, too.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    format!("{} = {}", quoted(english), quoted(translation))
}

/// What ends a line, for the compiler or for a browser, and what changes the direction of the text around it: rustc
/// refuses that in a comment.
fn is_unfit(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn bad(
    source: &Arc<Source>,
    span: Range<usize>,
    message: &str,
    label: &str,
    help: &str,
) -> Diagnostic {
    Diagnostic::new("bad-comment", message)
        .at(source.place(span), label)
        .help(help)
}
