//! The template of the pages, `theme/index.hbs`, and the words in it.
//!
//! A word of the page stands in the template in English, as a handlebars partial with a default: `{{#> search}}Search{{/search}}`.
//! There is no such partial, so stock mdBook shows the default; an edition has its own words under `[strings.page]` in its
//! language.toml, by the same names.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, LazyLock},
};

use regex::{Captures, Regex};

use crate::{diagnostic::Diagnostic, html::escape, source::Source};

/// The file of the template, from the project's root.
pub const TEMPLATE: &str = "theme/index.hbs";

static WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{#> *([a-z-]+) *\}\}(.*?)\{\{/([a-z-]+)\}\}").expect("a valid pattern")
});

/// The template.
#[derive(Clone, Debug)]
pub struct Template {
    source: Arc<Source>,
    words: Vec<(String, String)>,
}

impl Template {
    /// Reads the template.
    ///
    /// # Errors
    ///
    /// A file that is missing or not UTF-8; a name that is closed by another one, or has two English texts.
    pub fn read(root: &Path) -> Result<Self, Diagnostic> {
        let source = Source::read(root, TEMPLATE)
            .map_err(|finding| finding.help("this is the template of all pages; git has it"))?;
        let mut words: Vec<(String, String)> = Vec::new();
        for found in WORD.captures_iter(&source.text) {
            let (name, english) = (&found[1], &found[2]);
            let known = words.iter().find(|(known, _)| known == name);
            let contradicts = known.is_some_and(|(_, text)| text != english);
            if contradicts || &found[3] != name {
                let place = source.place(found.get(0).expect("the whole match").range());
                let (what, help) = if contradicts {
                    (
                        "it has another text above",
                        "give it the same text everywhere, or another name",
                    )
                } else {
                    ("it is closed by another name", "close it by its own name")
                };
                let message = format!("the word `{name}` of the template is ambiguous");
                return Err(Diagnostic::new("bad-template", message)
                    .at(place, what)
                    .help(help));
            }
            if known.is_none() {
                words.push((name.to_owned(), english.to_owned()));
            }
        }
        Ok(Self { source, words })
    }

    /// The names of the words and their English texts, in the order of the template.
    pub fn words(&self) -> &[(String, String)] {
        &self.words
    }

    /// The template in an edition's words, and in English where it has none.
    pub fn in_words(&self, own: &BTreeMap<String, String>) -> String {
        let word = |found: &Captures<'_>| {
            own.get(&found[1])
                .filter(|text| !text.trim().is_empty())
                .map_or_else(|| found[2].to_owned(), |text| escape(text))
        };
        WORD.replace_all(&self.source.text, word).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn template(text: &str) -> Result<Template, Diagnostic> {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("theme")).unwrap();
        fs::write(root.path().join(TEMPLATE), text).unwrap();
        Template::read(root.path())
    }

    #[test]
    fn an_edition_has_words_of_its_own_and_english_ones_where_it_has_none() {
        let template = template(
            "<a title=\"{{#> next}}Next{{/next}}\">{{#> skip}}Skip{{/skip}}</a>{{#> next}}Next{{/next}} {{title}}",
        )
        .unwrap();
        let names: Vec<_> = template.words().iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, ["next", "skip"]);
        let own = BTreeMap::from([
            ("next".to_owned(), "\"Далее\" & так".to_owned()),
            ("skip".to_owned(), " ".to_owned()),
        ]);
        assert_eq!(
            template.in_words(&own),
            "<a title=\"&quot;Далее&quot; &amp; так\">Skip</a>&quot;Далее&quot; &amp; так {{title}}"
        );
    }

    #[test]
    fn a_name_means_one_thing() {
        let two = template("{{#> next}}Next{{/next}}\n{{#> next}}Further{{/next}}").unwrap_err();
        assert_eq!(two.rule, "bad-template");
        assert!(two.to_string().contains("theme/index.hbs:2:1"), "{two}");
        assert!(template("{{#> next}}Next{{/text}}").is_err());
    }
}
