//! What an edition's pages say around the text, and what of it is still English.

use std::{fmt, sync::Arc};

use serde::Serialize;
use toml::{Table, Value};

use crate::{
    diagnostic::Diagnostic,
    example::parse_toml,
    project::{Edition, Project},
    source::Source,
    theme::Template,
};

/// The file of these strings, in each edition's folder.
pub const FILE: &str = "language.toml";

/// The tables of language.toml that hold no words for readers: how a language writes is not translated.
pub(crate) const NOT_WORDS: [&str; 2] = ["typography", "search"];

/// A string that a reader of the edition meets in English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Untranslated {
    /// Its key in language.toml: `strings.read`.
    pub key: String,
    /// The English words.
    pub english: String,
}

impl fmt::Display for Untranslated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.key, Value::from(&*self.english))
    }
}

/// The strings of an edition that are empty or missing, or still those of the English edition, in the order of the English
/// file; and its name, if that is only its tag. None in the English edition itself.
///
/// # Errors
///
/// A language.toml that can't be read, or is not TOML.
pub fn untranslated_strings(
    project: &Project,
    edition: &Edition,
) -> Result<Vec<Untranslated>, Diagnostic> {
    if edition.tag == project.source().tag {
        return Ok(Vec::new());
    }
    let source = english(project)?;
    let english = parse_toml::<Table>(&source)?;
    let own = parse_toml::<Table>(&Source::read(&project.root, edition.folder().join(FILE))?)?;
    let mut found = Vec::new();
    compare("", &english, &own, &mut found);
    if own.get("name").and_then(Value::as_str) == Some(&edition.tag) {
        let english = project.source().language.name.clone();
        found.push((
            "name",
            Untranslated {
                key: "name".into(),
                english,
            },
        ));
    }
    // Tables have lost the order of the file.
    let text = format!("\n{}", source.text);
    found.sort_by_key(|(name, string)| {
        let table = string.key.strip_suffix(&format!(".{name}"));
        let from = table.and_then(|table| text.find(&format!("\n[{table}]")));
        let from = from.unwrap_or_default();
        text[from..]
            .find(&format!("\n{name} ="))
            .map(|at| from + at)
    });
    Ok(found.into_iter().map(|(_, string)| string).collect())
}

/// The English language.toml, with the words of the template under `[strings.page]`, where the other editions have theirs.
///
/// # Errors
///
/// One of the two files can't be read, or the template is wrong.
pub(crate) fn english(project: &Project) -> Result<Arc<Source>, Diagnostic> {
    let source = Source::read(&project.root, project.source().folder().join(FILE))?;
    let mut text = format!("{}\n[strings.page]\n", source.text);
    for (name, english) in Template::read(&project.root)?.words() {
        text += &format!("{name} = {}\n", Value::from(&**english));
    }
    Ok(Arc::new(Source::new(source.path.as_str(), text)))
}

fn compare<'a>(
    above: &str,
    english: &'a Table,
    own: &Table,
    found: &mut Vec<(&'a str, Untranslated)>,
) {
    for (name, value) in english {
        let key = format!("{above}{name}");
        match (value, own.get(name)) {
            (_, _) if NOT_WORDS.contains(&&*key) || key == "direction" => {}
            (Value::Table(english), Some(Value::Table(own))) => {
                compare(&format!("{key}."), english, own, found);
            }
            (Value::String(english), own) => {
                let own = own.and_then(Value::as_str).unwrap_or_default().trim();
                if own.is_empty() || own == english {
                    let english = english.clone();
                    found.push((name, Untranslated { key, english }));
                }
            }
            _ => {}
        }
    }
}
