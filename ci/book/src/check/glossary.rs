//! glossary.toml: each entry has its term, and the editions speak of the same entries.

use std::{collections::BTreeSet, ops::Range, path::Path, sync::Arc};

use toml::de::{DeTable, DeValue};

use super::{Book, Findings};
use crate::{diagnostic::Diagnostic, project::Edition, source::Source};

const NAME: &str = "glossary.toml";

pub(super) fn check(book: &Book<'_>) -> Findings {
    let mut findings = Findings::new();
    let mut english: Option<BTreeSet<String>> = None;
    for edition in &book.project.editions {
        match read(book, edition) {
            Ok(Some(source)) => {
                let keys = entries(&source, english.as_ref(), &mut findings);
                english.get_or_insert(keys);
            }
            // An edition without a glossary has no terms to compare.
            Ok(None) => drop(english.get_or_insert_default()),
            Err(finding) => findings.push(finding),
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

/// Looks at a glossary's entries, beside the keys of the English one, and returns its keys.
fn entries(
    source: &Arc<Source>,
    english: Option<&BTreeSet<String>>,
    findings: &mut Findings,
) -> BTreeSet<String> {
    let mut bad = |span: Range<usize>, rule, message: String, label: &str, help: &str| {
        findings.push(
            Diagnostic::new(rule, message)
                .at(source.place(span), label)
                .help(help),
        );
    };
    let table = match DeTable::parse(&source.text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            bad(
                span,
                "bad-toml",
                error.message().to_owned(),
                "",
                "https://toml.io shows how TOML is written",
            );
            return BTreeSet::new();
        }
    };
    for (key, value) in &table {
        let name = key.get_ref();
        if english.is_some_and(|english| !english.contains(name.as_ref())) {
            bad(
                key.span(),
                "unknown-term",
                format!("the English glossary has no entry `{name}`"),
                "an entry that only one edition has",
                "an entry's key is the one of src/en/glossary.toml; the term of this language is its `term`",
            );
        }
        let DeValue::Table(entry) = value.get_ref() else {
            bad(
                key.span(),
                "bad-glossary",
                format!("`{name}` is not an entry"),
                "a single value",
                "write a table: `[future]`, and below it `term = \"future\"`",
            );
            continue;
        };
        if !entry.contains_key("term") {
            bad(
                key.span(),
                "bad-glossary",
                format!("the entry `{name}` has no term"),
                "what is it called in this language?",
                "add `term = \"…\"`",
            );
        }
        for (key, value) in entry {
            let is_list = |value: &DeValue<'_>| {
                value
                    .as_array()
                    .is_some_and(|list| list.iter().all(|item| item.get_ref().is_str()))
            };
            let fits =
                value.get_ref().is_str() || (key.get_ref() != "term" && is_list(value.get_ref()));
            if !fits {
                bad(
                    value.span(),
                    "bad-glossary",
                    format!("`{}` of the entry `{name}` is not text", key.get_ref()),
                    "",
                    "write a string; everything but `term` may also be a list of strings",
                );
            }
        }
    }
    table.keys().map(|key| key.get_ref().to_string()).collect()
}
