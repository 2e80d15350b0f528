//! The same tables, admonitions and unfoldable parts, in the same order, section by section.

use std::ops::Range;

use crate::{
    chapter::elements::{Element, Table},
    check::{Chapter, Findings},
    diagnostic::Diagnostic,
};

/// What is said of a kind of element: the names of its rules, and what it is called.
struct Kind<T> {
    missing: &'static str,
    extra: &'static str,
    other: &'static str,
    name: fn(&T) -> String,
}

const TABLES: Kind<Table> = Kind {
    missing: "missing-table",
    extra: "extra-table",
    other: "other-table",
    name: |table| {
        format!(
            "a table of {} and {}",
            count(table.columns, "column"),
            count(table.rows, "row")
        )
    },
};

const ADMONITIONS: Kind<&str> = Kind {
    missing: "missing-admonition",
    extra: "extra-admonition",
    other: "other-admonition",
    name: |name| format!("`[!{name}]`"),
};

const FOLDS: Kind<&str> = Kind {
    missing: "missing-element",
    extra: "extra-element",
    other: "other-element",
    name: |name| format!("`<{name}>`"),
};

fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

pub(super) fn check(english: &Chapter<'_>, chapter: &Chapter<'_>) -> Findings {
    let (originals, own) = (&english.elements, &chapter.elements);
    let mut findings = compare(
        &TABLES,
        (english, &places(&originals.tables)),
        (chapter, &places(&own.tables)),
    );
    // What was meant to be an admonition is reported as such, and would be missing here.
    if own.unknown_admonitions.is_empty() {
        findings.extend(compare(
            &ADMONITIONS,
            (english, &places(&originals.admonitions)),
            (chapter, &places(&own.admonitions)),
        ));
    }
    findings.extend(compare(
        &FOLDS,
        (english, &folds(english)),
        (chapter, &folds(chapter)),
    ));
    findings
}

fn places<T: Copy>(elements: &[Element<T>]) -> Vec<(T, &Range<usize>)> {
    let elements = elements.iter();
    elements
        .map(|element| (element.kind, &element.span))
        .collect()
}

/// The opening tags. Whether they are closed is a question for each edition alone.
fn folds<'a>(chapter: &'a Chapter<'_>) -> Vec<(&'static str, &'a Range<usize>)> {
    let folds = chapter.elements.folds.iter();
    let opening = folds.filter(|tag| !tag.kind.closing);
    opening.map(|tag| (tag.kind.name, &tag.span)).collect()
}

/// A chapter, and its elements of a kind.
type Of<'a, T> = (&'a Chapter<'a>, &'a [(T, &'a Range<usize>)]);

/// The first difference in each section.
fn compare<T: PartialEq>(
    kind: &Kind<T>,
    (english, originals): Of<'_, T>,
    (chapter, own): Of<'_, T>,
) -> Findings {
    let sections = 0..=english.structure.headings.len();
    let differences = sections.filter_map(|section| {
        let of = |chapter: &Chapter<'_>, all: &[(T, &Range<usize>)]| {
            let start = all.partition_point(|(_, span)| chapter.section(span.start) < section);
            let end = all.partition_point(|(_, span)| chapter.section(span.start) <= section);
            start..end
        };
        let originals = &originals[of(english, originals)];
        let own = &own[of(chapter, own)];
        let at = (0..originals.len().max(own.len())).find(|at| {
            originals.get(*at).map(|(kind, _)| kind) != own.get(*at).map(|(kind, _)| kind)
        })?;
        let see = |span| format!("see {}", english.address(span));
        Some(match (originals.get(at), own.get(at)) {
            (Some((original, place)), Some((other, span))) if originals.len() == own.len() => {
                Diagnostic::new(
                    kind.other,
                    format!("the English chapter has {} here", (kind.name)(original)),
                )
                .at(
                    chapter.place(span),
                    format!("this is {}", (kind.name)(other)),
                )
                .help(format!(
                    "the structure is the same in all editions: {}",
                    see(place)
                ))
            }
            (Some((original, place)), _) if originals.len() > own.len() => Diagnostic::new(
                kind.missing,
                format!(
                    "the English section has {} that this one lacks",
                    (kind.name)(original)
                ),
            )
            .at(chapter.end_of(section), "this section ends without it")
            .help(format!("translate it, too: {}", see(place))),
            (_, own) => {
                let (other, span) = own?;
                Diagnostic::new(
                    kind.extra,
                    format!("the English section does not have {}", (kind.name)(other)),
                )
                .at(chapter.place(span), "only in this edition")
                .help("remove it, or add it to the English chapter first")
            }
        })
    });
    differences.collect()
}
