//! The same code spans and references to footnotes, each as often, section by section: a translator may rearrange them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    chapter::Id,
    check::{Chapter, Findings},
    diagnostic::Diagnostic,
};

/// What is said of the one or the other.
struct Kind {
    missing: &'static str,
    extra: &'static str,
    name: fn(&str) -> String,
    remedy: &'static str,
}

const CODE: Kind = Kind {
    missing: "missing-code",
    extra: "extra-code",
    name: |code| format!("`{code}`"),
    remedy: ", or list it as one of `code-exceptions` in language.toml",
};

const FOOTNOTES: Kind = Kind {
    missing: "missing-footnote",
    extra: "extra-footnote",
    name: |name| format!("`[^{name}]`"),
    remedy: "",
};

pub(super) fn check(english: &Chapter<'_>, chapter: &Chapter<'_>) -> Findings {
    let exceptions = &chapter.edition.language.code_exceptions;
    let is_compared = |code: &&Id| !exceptions.contains(&code.name);
    let code =
        |chapter: &Chapter<'_>| sections(chapter, chapter.elements.code.iter().filter(is_compared));
    let footnotes = |chapter: &Chapter<'_>| sections(chapter, chapter.elements.footnotes.iter());
    let mut findings = compare(&CODE, (english, code(english)), (chapter, code(chapter)));
    findings.extend(compare(
        &FOOTNOTES,
        (english, footnotes(english)),
        (chapter, footnotes(chapter)),
    ));
    findings
}

/// A section's spans, by what they say.
type Section = BTreeMap<String, Vec<std::ops::Range<usize>>>;

fn sections<'a>(chapter: &Chapter<'_>, spans: impl Iterator<Item = &'a Id>) -> Vec<Section> {
    let mut sections = vec![Section::new(); chapter.structure.headings.len() + 1];
    for id in spans {
        // A span may go on in the next line of a paragraph.
        let name = id.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let section = &mut sections[chapter.section(id.span.start)];
        section.entry(name).or_default().push(id.span.clone());
    }
    sections
}

fn compare(
    kind: &Kind,
    (english, originals): (&Chapter<'_>, Vec<Section>),
    (chapter, own): (&Chapter<'_>, Vec<Section>),
) -> Findings {
    let mut findings = Findings::new();
    for (section, (originals, own)) in originals.iter().zip(&own).enumerate() {
        let names: BTreeSet<_> = originals.keys().chain(own.keys()).collect();
        for name in names {
            let spans = |section: &Section| section.get(name).cloned().unwrap_or_default();
            let (theirs, ours) = (spans(originals), spans(own));
            let counted = || {
                format!(
                    "{} here, {} in English",
                    times(ours.len()),
                    times(theirs.len())
                )
            };
            let shown = (kind.name)(name);
            if let Some(span) = theirs.get(ours.len()) {
                findings.push(
                    Diagnostic::new(
                        kind.missing,
                        format!("{shown} stands here less often than in the English section"),
                    )
                    .at(chapter.end_of(section), counted())
                    .help(format!(
                        "name it as often as the English text does{}: see {}",
                        kind.remedy,
                        english.address(span)
                    )),
                );
            } else if let Some(span) = ours.get(theirs.len()) {
                findings.push(
                    Diagnostic::new(
                        kind.extra,
                        format!("{shown} stands here more often than in the English section"),
                    )
                    .at(chapter.place(span), counted())
                    .help(format!("leave it out{}", kind.remedy)),
                );
            }
        }
    }
    findings
}

fn times(count: usize) -> String {
    match count {
        0 => "not".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}
