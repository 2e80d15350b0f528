//! The recorded runs that a chapter shows: each alone in its paragraph, with an id that no other of the chapter has.

use std::{collections::BTreeMap, ops::Range, path::Path, sync::Arc};

use super::{FENCE, Recording, id, remedy};
use crate::{
    diagnostic::Diagnostic,
    directive::{Directive, Include},
    passage::{Kind, passages},
    snippet::{Snippets, target},
    source::{Source, display_path},
};

/// A recorded run that a chapter shows.
#[derive(Debug)]
pub(crate) struct Recorded {
    /// Its id on the page.
    pub id: String,
    /// Its directive.
    pub span: Range<usize>,
    /// What it shows.
    pub recording: Recording,
}

impl Recorded {
    /// What stands for it in an expanded chapter, until a language is known: a fence that a figure is made of.
    pub(crate) fn fence(&self) -> String {
        let json = serde_json::to_string(&self.recording).expect("text and numbers");
        format!("```{FENCE} {}\n{json}\n```", self.id)
    }
}

/// The recorded runs that these directives of a chapter ask for, and what is wrong with others.
pub(crate) fn recordings(
    snippets: &Snippets,
    chapter: &Arc<Source>,
    directives: &[Directive],
) -> (Vec<Recorded>, Vec<Diagnostic>) {
    let includes = directives.iter().filter_map(|directive| match directive {
        Directive::Recording(include) => Some(include),
        _ => None,
    });
    let mut found: Vec<Recorded> = Vec::new();
    let mut findings = Vec::new();
    let mut paragraphs = None;
    let mut lines = BTreeMap::new();
    for include in includes {
        let place = chapter.place(include.span.clone());
        let line = place.start().line;
        let paragraphs = paragraphs.get_or_insert_with(|| {
            let passages = passages(chapter, None).into_iter();
            let whole = passages.filter(|passage| passage.kind == Kind::Code);
            whole.map(|passage| passage.span).collect::<Vec<_>>()
        });
        if !paragraphs.contains(&include.span) {
            findings.push(
                Diagnostic::new(
                    "recording-in-paragraph",
                    "a recording inside of something else",
                )
                .at(place, "not a paragraph of its own")
                .help("put it on a line of its own, between empty lines"),
            );
            continue;
        }
        let id = id(&include.path);
        if id.is_empty()
            || !id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        {
            findings.push(
                Diagnostic::new(
                    "bad-recording",
                    format!("`{id}` can't be an id on the page"),
                )
                .at(place, "the steps are `ID-1`, `ID-2` and so on")
                .help("name the recording by letters, digits and `_`"),
            );
            continue;
        }
        if let Some(above) = lines.insert(id.clone(), line) {
            findings.push(
                Diagnostic::new(
                    "duplicate-id",
                    format!("the id `{id}` is used twice in this chapter"),
                )
                .at(place, format!("line {above} has it already"))
                .help("a recording's id is its file's name: show it once, or give one of the two files another name"),
            );
            continue;
        }
        match read(snippets, chapter, include) {
            Ok(recording) => found.push(Recorded {
                id,
                span: include.span.clone(),
                recording,
            }),
            Err(finding) => findings.push(finding),
        }
    }
    (found, findings)
}

fn read(
    snippets: &Snippets,
    chapter: &Arc<Source>,
    include: &Include,
) -> Result<Recording, Diagnostic> {
    let path = target(chapter, include);
    let known = |finding: Diagnostic| {
        if path.starts_with("..") || snippets.has(&path) {
            finding
        } else {
            finding.help(missing(&path))
        }
    };
    let (file, _) = snippets.resolve(chapter, include).map_err(known)?;
    Recording::parse(&file.source)
}

/// How to get a recording that is not there.
fn missing(path: &Path) -> String {
    format!(
        "{}, if `{}` says what to record",
        remedy(path),
        display_path(&path.with_extension("toml"))
    )
}
