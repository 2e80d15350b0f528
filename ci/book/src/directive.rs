//! The directives of a chapter, as they stand in its text: `{{#include path:anchor}}`, `{{#recording path}}`, and
//! `{{#translate}}` in a translation that is not finished.

use std::{
    ops::Range,
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use regex::Regex;

use crate::{
    diagnostic::Diagnostic,
    source::{Place, Source},
};

/// An `{{#include …}}` that a chapter asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include {
    /// The file, relative to the folder of the chapter.
    pub path: PathBuf,
    /// The anchor, or the whole file.
    pub anchor: Option<String>,
    /// The directive's bytes in the chapter.
    pub span: Range<usize>,
}

/// What was found between `{{#` and `}}`.
#[derive(Debug)]
pub enum Directive {
    /// An include.
    Include(Include),
    /// `{{#recording path}}`: a recorded run, in the place of a paragraph.
    Recording(Include),
    /// `{{#translate}}`: the passage behind it is still English, and waits for a translator.
    Translate(Range<usize>),
    /// `\{{#…}}`: text about a directive. The span is that of the backslash.
    Escaped(Range<usize>),
    /// Anything else, which no reader should ever see.
    Bad(Diagnostic),
}

/// A directive; or, without group 2, the rest of a line on which one is begun and not ended.
static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\\)?\{\{[ \t]*#(?:[ \t]*([\w-]*)[ \t]*([^{}\r\n]*?)[ \t]*\}\}|[^\r\n]*)")
        .expect("a valid pattern")
});

/// The directives of a source, in their order.
pub fn directives(source: &Arc<Source>) -> Vec<Directive> {
    directives_in(source, 0..source.text.len())
}

/// The directives in a part of a source, in their order.
pub fn directives_in(source: &Arc<Source>, part: Range<usize>) -> Vec<Directive> {
    DIRECTIVE
        .captures_iter(&source.text[part.clone()])
        .map(|found| {
            let in_source = |range: Range<usize>| part.start + range.start..part.start + range.end;
            let whole = in_source(found.get(0).expect("group 0 is the match").range());
            if let Some(backslash) = found.get(1) {
                return Directive::Escaped(in_source(backslash.range()));
            }
            let place = source.place(whole.clone());
            let Some(name) = found.get(2) else {
                return Directive::Bad(
                    Diagnostic::new("bad-directive", "this directive does not end on its line")
                        .at(place, "no `}}`")
                        .help(r"write `{{#include path:anchor}}`, or `\{{#…` for text about a directive"),
                );
            };
            match name.as_str() {
                "include" => include(&found[3], whole, place),
                "recording" => recording(&found[3], whole, place),
                "translate" if found[3].is_empty() => Directive::Translate(whole),
                name @ ("rustdoc_include" | "playground" | "playpen") => Directive::Bad(
                    Diagnostic::new("unknown-directive", format!("`{name}` is not used in this book"))
                        .at(place, "write `{{#include …}}`")
                        .help("in a `rust` fence, `include` keeps the rest of the file as hidden lines by itself"),
                ),
                name => Directive::Bad(
                    Diagnostic::new("unknown-directive", format!("there is no directive `{name}`"))
                        .at(place, "would be printed as it stands")
                        .help(r"write `{{#include path:anchor}}`, or `\{{#…}}` for text about a directive"),
                ),
            }
        })
        .collect()
}

fn include(argument: &str, span: Range<usize>, place: Place) -> Directive {
    let (path, anchor) = match argument.split_once(':') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (argument, None),
    };
    let bad = |message: &str, help: &str| {
        Directive::Bad(
            Diagnostic::new("bad-include", message)
                .at(place.clone(), "")
                .help(help),
        )
    };
    if path.is_empty() || path.contains(char::is_whitespace) {
        return bad(
            "this include names no file",
            "write `{{#include path/from/this/chapter.rs:anchor}}`",
        );
    }
    if let Some(anchor) = anchor {
        if anchor.starts_with(|first: char| first.is_ascii_digit() || first == ':') {
            return bad(
                "this include names lines by their numbers",
                "line numbers go stale: put `// ANCHOR: name` and `// ANCHOR_END: name` around the lines, and include `path:name`",
            );
        }
        if anchor.is_empty()
            || anchor.contains(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
        {
            return bad(
                "this is not the name of an anchor",
                "an anchor's name is made of letters, digits, `_` and `-`",
            );
        }
    }
    Directive::Include(Include {
        path: path.into(),
        anchor: anchor.map(str::to_owned),
        span,
    })
}

fn recording(argument: &str, span: Range<usize>, place: Place) -> Directive {
    if !argument.ends_with(".json") || argument.contains(|c: char| c.is_whitespace() || c == ':') {
        return Directive::Bad(
            Diagnostic::new("bad-recording", "this names no recording")
                .at(place, "")
                .help("write `{{#recording path/from/this/chapter/to/recordings/ID.json}}`"),
        );
    }
    Directive::Recording(Include {
        path: argument.into(),
        anchor: None,
        span,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn parse(text: &str) -> Vec<Directive> {
        directives(&Arc::new(Source::new("chapter.md", text)))
    }

    #[test]
    fn an_include_names_a_file_and_perhaps_an_anchor() {
        let found = parse("a {{#include ../x.rs:one}} b {{ #include y.txt }}");
        let [Directive::Include(one), Directive::Include(two)] = &found[..] else {
            panic!("{found:?}")
        };
        assert_eq!(
            (one.path.to_str(), one.anchor.as_deref()),
            (Some("../x.rs"), Some("one"))
        );
        assert_eq!(
            (two.path.to_str(), two.anchor.as_deref()),
            (Some("y.txt"), None)
        );
        assert_eq!(one.span, 2..26);
    }

    #[test]
    fn a_recording_is_a_json_file() {
        assert!(matches!(
            &parse("{{#recording ../run.json}}")[..],
            [Directive::Recording(Include { path, anchor: None, .. })] if path == Path::new("../run.json")
        ));
        for bad in [
            "{{#recording}}",
            "{{#recording run}}",
            "{{#recording a b.json}}",
            "{{#recording a.json:b}}",
        ] {
            assert!(matches!(&parse(bad)[..], [Directive::Bad(_)]), "{bad}");
        }
    }

    #[test]
    fn a_passage_can_wait_for_a_translator() {
        assert!(
            matches!(&parse("{{#translate}} Text.")[..], [Directive::Translate(span)] if *span == (0..14))
        );
        assert!(matches!(
            &parse("{{#translate ru}}")[..],
            [Directive::Bad(_)]
        ));
    }

    #[test]
    fn what_is_not_an_include_is_refused_and_an_escaped_one_is_text() {
        for bad in [
            "{{#inlude x.rs}}",
            "{{#rustdoc_include x.rs:a}}",
            "{{#include x.rs:3:7}}",
            "{{#include}}",
            "{{#include a b}}",
        ] {
            assert!(matches!(&parse(bad)[..], [Directive::Bad(_)]), "{bad}");
        }
        assert!(
            matches!(&parse(r"\{{#include x.rs}}")[..], [Directive::Escaped(span)] if *span == (0..1))
        );
    }
}
