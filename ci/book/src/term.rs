//! `cargo book term`: how each edition renders a word.

use std::{collections::BTreeSet, process::ExitCode};

use clap::Args;
use serde::Serialize;
use textwrap::{Options, core::display_width};

use crate::{
    diagnostic::Diagnostic,
    glossary::{Glossary, Term},
    project::Project,
    terminal::{self, FAINT, Format, NOTICE, STRONG, styled},
};

/// What `cargo book term` can be told.
#[derive(Debug, Args)]
pub struct Arguments {
    /// A term, its key in the glossary, or a word, in any of the book's languages
    #[arg(required = true)]
    word: Vec<String>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A term or a word, in all editions.
#[derive(Debug, Default, Serialize)]
struct Entry {
    /// The key in the glossaries; `None` for a word that is no term.
    key: Option<String>,
    /// The English.
    term: String,
    definition: String,
    editions: Vec<Rendering>,
}

/// What one edition says of it. `None` if it says nothing.
#[derive(Debug, Serialize)]
struct Rendering {
    edition: String,
    #[serde(flatten)]
    term: Option<Term>,
}

/// Prints what the book that the current folder is in calls a word, in each language.
///
/// # Errors
///
/// No glossary has the word, or a glossary can't be read.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Vec<Diagnostic>> {
    let project = Project::here()?;
    let entries = entries(&project).map_err(|finding| vec![finding])?;
    let word = arguments.word.join(" ");
    let found = find(&entries, &word).map_err(|finding| vec![finding])?;
    terminal::print(match arguments.format {
        Format::Human => {
            let width = terminal::width();
            let texts: Vec<_> = found.iter().map(|entry| entry.text(width)).collect();
            texts.join("\n")
        }
        Format::Json => format!("{:#}\n", serde_json::json!({ "terms": found })),
    });
    Ok(ExitCode::SUCCESS)
}

/// All terms, then all words, each in all editions.
fn entries(project: &Project) -> Result<Vec<Entry>, Diagnostic> {
    let glossaries = project
        .editions
        .iter()
        .map(|edition| {
            Ok((
                edition.tag.as_str(),
                Glossary::read(&project.root, edition)?,
            ))
        })
        .collect::<Result<Vec<_>, Diagnostic>>()?;
    let (english, others) = glossaries
        .split_first()
        .expect("the source edition is there");
    let renderings = |of: &dyn Fn(&Glossary) -> Option<Term>| {
        let rendering = |(tag, glossary): &(&str, Glossary)| Rendering {
            edition: (*tag).to_owned(),
            term: of(glossary),
        };
        others.iter().map(rendering).collect()
    };
    let terms = english.1.terms.iter().map(|(key, term)| Entry {
        key: Some(key.clone()),
        term: term.term.clone(),
        definition: term.definition.clone(),
        editions: renderings(&|glossary| glossary.terms.get(key).cloned()),
    });
    let words: BTreeSet<_> = glossaries
        .iter()
        .flat_map(|(_, glossary)| glossary.words.keys())
        .collect();
    let words = words.into_iter().map(|word| Entry {
        term: word.clone(),
        editions: renderings(&|glossary| {
            let term = glossary.words.get(word)?.clone();
            Some(Term {
                term,
                ..Term::default()
            })
        }),
        ..Entry::default()
    });
    Ok(terms.chain(words).collect())
}

/// The entries that have the word as one of their names, in any language.
fn find<'a>(entries: &'a [Entry], word: &str) -> Result<Vec<&'a Entry>, Diagnostic> {
    let word = folded(word);
    let found: Vec<_> = entries
        .iter()
        .filter(|entry| entry.names().any(|name| folded(name) == word))
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let near = near(entries, &word);
    Err(
        Diagnostic::new("no-term", format!("no glossary has `{word}`")).help(if near.is_empty() {
            "the terms are in src/en/glossary.toml".to_owned()
        } else {
            format!("did you mean {}?", near.join(", "))
        }),
    )
}

/// The same for `Ready queue`, `ready-queue` and `ready_queue`.
fn folded(name: &str) -> String {
    let words = name.to_lowercase().replace(['-', '_'], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most five names like `word`, the nearest first: those that it is a part of, and those that it may be a slip of.
fn near(entries: &[Entry], word: &str) -> Vec<String> {
    let mut near = Vec::new();
    for name in entries.iter().flat_map(Entry::names) {
        let folded = folded(name);
        let slips = strsim::damerau_levenshtein(&folded, word);
        let length = folded.chars().count().min(word.chars().count());
        let is_part = !word.is_empty() && folded.contains(word);
        if is_part || slips <= length / 3 {
            near.push((slips, folded));
        }
    }
    near.sort();
    near.dedup();
    near.into_iter()
        .map(|(_, name)| format!("`{name}`"))
        .take(5)
        .collect()
}

impl Entry {
    fn names(&self) -> impl Iterator<Item = &str> {
        let renderings = self
            .editions
            .iter()
            .filter_map(|edition| edition.term.as_ref());
        let rendered = renderings.flat_map(|term| {
            [&term.term]
                .into_iter()
                .chain(&term.also)
                .chain(&term.forbidden)
        });
        let names = self.key.iter().chain([&self.term]).chain(rendered);
        names.map(String::as_str).filter(|name| !name.is_empty())
    }

    /// A table: the editions' tags, then what each of them says.
    fn text(&self, width: usize) -> String {
        let mut text = styled(STRONG, &self.term) + "\n";
        if self.key.is_none() {
            text += &paragraph(
                "",
                &styled(FAINT, "no term of the book, but the same in every chapter"),
                2,
                width,
            );
        } else if !self.definition.is_empty() {
            text += &paragraph("", &self.definition, 2, width);
        }
        text.push('\n');
        let tags = self
            .editions
            .iter()
            .map(|edition| edition.edition.len())
            .max()
            .unwrap_or(0);
        for edition in &self.editions {
            let tag = format!("{:<tags$}", edition.edition);
            text += &edition.text(&tag, width);
        }
        text
    }
}

impl Rendering {
    fn text(&self, tag: &str, width: usize) -> String {
        let indent = display_width(tag) + 4;
        let first = format!("  {}  ", styled(STRONG, tag));
        let Some(term) = &self.term else {
            return format!("{first}{}\n", styled(FAINT, "not in its glossary"));
        };
        let mut text = if term.term.is_empty() {
            format!("{first}{}\n", styled(NOTICE, "still to be decided"))
        } else {
            format!("{first}{}\n", styled(STRONG, &term.term))
        };
        for (name, value) in [
            ("means", term.definition.clone()),
            ("also", term.also.join(", ")),
            ("not", term.forbidden.join(", ")),
            ("why", term.why.clone()),
        ] {
            if !value.is_empty() {
                let first = format!(
                    "{}{}",
                    " ".repeat(indent),
                    styled(FAINT, format!("{name:<7}"))
                );
                text += &paragraph(&first, &value, indent + 7, width);
            }
        }
        text
    }
}

/// Wrapped text: `first` stands before its first line, and spaces before the others.
fn paragraph(first: &str, text: &str, indent: usize, width: usize) -> String {
    let rest = " ".repeat(indent);
    let first = if first.is_empty() { &rest } else { first };
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(&rest)
        .break_words(false);
    textwrap::fill(text, options) + "\n"
}
