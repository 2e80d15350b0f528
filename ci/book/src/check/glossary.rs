//! glossary.toml: the editions speak of the same entries, and their prose avoids the renderings that it forbids.

use std::{ops::Range, path::Path, sync::Arc};

use toml::de::{DeTable, DeValue};

use self::forbidden::Forbidden;
use super::{Book, Chapter, Findings};
use crate::{diagnostic::Diagnostic, project::Edition, source::Source};

mod forbidden;

const NAME: &str = "glossary.toml";

/// The table of a translation that is no entry: words that are no terms, each with its rendering.
const WORDS: &str = "words";

/// What an entry says, and whether it says it in one string or in a list of them.
const FIELDS: [(&str, bool); 5] = [
    ("term", false),
    ("definition", false),
    ("why", false),
    ("also", true),
    ("forbidden", true),
];

/// A glossary, and what is wrong with its form.
struct Glossary {
    source: Arc<Source>,
    /// The keys of its entries, with their places.
    keys: Vec<(String, Range<usize>)>,
    forbidden: Vec<Forbidden>,
}

pub(super) fn check(book: &Book<'_>) -> Findings {
    let mut findings = Findings::new();
    let mut english: Option<Glossary> = None;
    for (edition, chapters) in book.project.editions.iter().zip(&book.chapters) {
        let is_english = edition.tag == book.project.source().tag;
        let glossary = match read(book, edition) {
            Ok(Some(source)) => Glossary::new(source, is_english, &mut findings),
            // An edition without a glossary has no terms to compare.
            Ok(None) => continue,
            Err(finding) => {
                findings.push(finding);
                None
            }
        };
        let Some(glossary) = glossary else {
            if is_english {
                // With nothing to compare them to, the others are not looked at.
                return findings;
            }
            continue;
        };
        if !is_english {
            findings.extend(compare(english.as_ref(), &glossary));
        }
        let words = edition.language.typography.words;
        let chapters: Vec<&Chapter<'_>> = chapters.values().collect();
        findings.extend(forbidden::check(&glossary.forbidden, words, &chapters));
        if is_english {
            english = Some(glossary);
        }
    }
    findings
}

fn read(book: &Book<'_>, edition: &Edition) -> Result<Option<Arc<Source>>, Diagnostic> {
    let path = edition.folder().join(NAME);
    let exists = book.project.root.join(&path).exists();
    exists
        .then(|| Source::read(&book.project.root, Path::new(&path)))
        .transpose()
}

/// The entries that only one of the two has.
fn compare(english: Option<&Glossary>, own: &Glossary) -> Findings {
    let originals = english.map_or(&[][..], |english| &english.keys);
    let lacks = |keys: &[(String, Range<usize>)], one: &str| keys.iter().all(|(key, _)| key != one);
    let unknown = own.keys.iter().filter(|(key, _)| lacks(originals, key));
    let unknown = unknown.map(|(key, span)| {
        Diagnostic::new(
            "unknown-term",
            format!("the English glossary has no entry `{key}`"),
        )
        .at(
            own.source.place(span.clone()),
            "an entry that only one edition has",
        )
        .help("an entry's key is the one of src/en/glossary.toml; the term of this language is its `term`")
    });
    let missing = originals.iter().filter(|(key, _)| lacks(&own.keys, key));
    let missing = missing.map(|(key, span)| {
        let line = english.map_or(0, |english| english.source.place(span.clone()).start().line);
        Diagnostic::new(
            "missing-term",
            format!("this glossary has no entry `{key}`"),
        )
        .in_file(&own.source.path)
        .help(format!(
            "write `[{key}]`, and below it `term = \"…\"`: see src/en/glossary.toml:{line}"
        ))
    });
    unknown.chain(missing).collect()
}

impl Glossary {
    /// Reads the entries, and says which of them are not as they must be. `None` if it is no TOML.
    fn new(source: Arc<Source>, is_english: bool, findings: &mut Findings) -> Option<Self> {
        let mut glossary = Self {
            source: Arc::clone(&source),
            keys: Vec::new(),
            forbidden: Vec::new(),
        };
        let table = match DeTable::parse(&source.text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                findings.push(
                    Diagnostic::new("bad-toml", error.message())
                        .at(source.place(error.span().unwrap_or(0..0)), "")
                        .help("https://toml.io shows how TOML is written"),
                );
                return None;
            }
        };
        let mut bad = |span: Range<usize>, message: String, label: &str, help: &str| {
            findings.push(
                Diagnostic::new("bad-glossary", message)
                    .at(source.place(span), label)
                    .help(help),
            );
        };
        for (key, value) in &table {
            let name = key.get_ref().as_ref();
            let DeValue::Table(entry) = value.get_ref() else {
                bad(
                    key.span(),
                    format!("`{name}` is not an entry"),
                    "a single value",
                    "write a table: `[future]`, and below it `term = \"future\"`",
                );
                continue;
            };
            if name == WORDS {
                if is_english {
                    bad(
                        key.span(),
                        format!("`{WORDS}` is no entry of the English glossary"),
                        "the renderings of other words, in a translation",
                        "give the entry another key",
                    );
                }
                for (word, rendering) in entry.iter().filter(|(_, value)| !value.get_ref().is_str())
                {
                    bad(
                        rendering.span(),
                        format!("the rendering of `{}` is not text", word.get_ref()),
                        "",
                        "write a string: `thread = \"…\"`",
                    );
                }
                continue;
            }
            glossary.keys.push((name.to_owned(), key.span()));
            for (field, _) in FIELDS.iter().take(if is_english { 2 } else { 1 }) {
                if !entry.contains_key(*field) {
                    let label = match *field {
                        "term" => "what is it called in this language?",
                        _ => "what does it mean?",
                    };
                    bad(
                        key.span(),
                        format!("the entry `{name}` has no {field}"),
                        label,
                        &format!("add `{field} = \"…\"`"),
                    );
                }
            }
            for (key, value) in entry {
                let field = key.get_ref().as_ref();
                let Some((_, is_list)) = FIELDS.iter().find(|(known, _)| *known == field) else {
                    bad(
                        key.span(),
                        format!("an entry has no `{field}`"),
                        "",
                        "it has `term`, `definition`, `why`, and the lists `also` and `forbidden`",
                    );
                    continue;
                };
                let fits = if *is_list {
                    strings(value.get_ref()).is_some()
                } else {
                    value.get_ref().is_str()
                };
                if !fits {
                    let help = if *is_list {
                        "write a list of strings, none of them empty"
                    } else {
                        "write a string"
                    };
                    bad(
                        value.span(),
                        format!(
                            "`{field}` of the entry `{name}` is not {}",
                            if *is_list { "a list of texts" } else { "text" }
                        ),
                        "",
                        help,
                    );
                }
            }
            let text = |field: &str| Some(entry.get(field)?.get_ref().as_str()?.to_owned());
            let renderings = entry
                .get("forbidden")
                .and_then(|list| strings(list.get_ref()));
            for rendering in renderings.unwrap_or_default() {
                glossary.forbidden.push(Forbidden {
                    rendering,
                    key: name.to_owned(),
                    term: text("term").unwrap_or_default(),
                    why: text("why"),
                });
            }
        }
        Some(glossary)
    }
}

/// A list of strings, none of them empty.
fn strings(value: &DeValue<'_>) -> Option<Vec<String>> {
    let strings = value.as_array()?.iter().map(|item| {
        let text = item.get_ref().as_str()?;
        (!text.trim().is_empty()).then(|| text.to_owned())
    });
    strings.collect()
}
