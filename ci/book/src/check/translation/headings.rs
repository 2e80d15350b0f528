//! The same headings in the same order, by level and id, and the same other ids.

use crate::{
    chapter::{Heading, Id},
    check::{Chapter, Findings},
    diagnostic::Diagnostic,
};

/// The first difference between the headings of a chapter and those of its translation.
pub(super) fn difference(english: &Chapter<'_>, chapter: &Chapter<'_>) -> Option<Diagnostic> {
    let (originals, own) = (&english.structure.headings, &chapter.structure.headings);
    let key = |heading: &Heading| (heading.level, heading.id.clone());
    let at = (0..originals.len().max(own.len()))
        .find(|at| originals.get(*at).map(key) != own.get(*at).map(key))?;
    let lacks =
        |headings: &[Heading], one: &Heading| headings.iter().all(|other| other.id != one.id);
    let line = |heading: &Heading| english.source.text[heading.span.clone()].to_owned();
    match (originals.get(at), own.get(at)) {
        (Some(original), Some(own)) if original.id == own.id => Some(
            Diagnostic::new(
                "heading-level",
                "this heading has another level than the English one",
            )
            .at(chapter.place(&own.span), format!("level {}", own.level))
            .help(format!(
                "the English heading has level {}: {}",
                original.level,
                see(english, original)
            )),
        ),
        (Some(original), Some(heading)) if lacks(own, original) && lacks(originals, heading) => {
            Some(
                Diagnostic::new(
                    "heading-id",
                    "this heading has another id than the English one",
                )
                .at(
                    chapter.place(&heading.span),
                    format!("the English heading is `{}`", line(original)),
                )
                .help(format!(
                    "ids are not translated, because links lead to them: {}",
                    see(english, original)
                )),
            )
        }
        (Some(original), here) if lacks(own, original) => Some(
            Diagnostic::new(
                "missing-heading",
                format!("the heading `{}` is missing", line(original)),
            )
            .at(
                here.map_or_else(
                    || chapter.end_of(own.len()),
                    |here| chapter.place(&here.span),
                ),
                if here.is_some() {
                    "before this one"
                } else {
                    "the chapter ends without it"
                },
            )
            .help(format!(
                "translate this section, too: {}",
                see(english, original)
            )),
        ),
        (_, Some(heading)) if lacks(originals, heading) => Some(
            Diagnostic::new("extra-heading", "the English chapter has no such heading")
                .at(chapter.place(&heading.span), "only in this edition")
                .help("remove the heading, or add it to the English chapter first"),
        ),
        (Some(original), Some(heading)) => Some(
            Diagnostic::new(
                "heading-order",
                "the sections have another order than the English ones",
            )
            .at(
                chapter.place(&heading.span),
                format!("the English chapter has `{}` here", line(original)),
            )
            .help(format!(
                "move the sections into the English order: {}",
                see(english, original)
            )),
        ),
        // One of the two has an id twice, which is reported as such.
        _ => None,
    }
}

fn see(english: &Chapter<'_>, heading: &Heading) -> String {
    format!("see {}", english.address(&heading.span))
}

/// The ids that are not headings': links lead to them as well.
pub(super) fn other_ids(english: &Chapter<'_>, chapter: &Chapter<'_>) -> Findings {
    let (originals, own) = (&english.structure.other_ids, &chapter.structure.other_ids);
    let lacks = |ids: &[Id], one: &Id| ids.iter().all(|other| other.name != one.name);
    let missing = originals.iter().filter(|id| lacks(own, id)).map(|id| {
        Diagnostic::new("missing-target", format!("the id `{}` is missing", id.name))
            .at(
                chapter.end_of(english.section(id.span.start)),
                "this section ends without it",
            )
            .help(format!(
                "links lead to it: see {}",
                english.address(&id.span)
            ))
    });
    let extra = own.iter().filter(|id| lacks(originals, id)).map(|id| {
        Diagnostic::new(
            "extra-target",
            format!("the English chapter has no id `{}`", id.name),
        )
        .at(chapter.place(&id.span), "only in this edition")
        .help("remove the id, or add it to the English chapter first")
    });
    missing.chain(extra).collect()
}
