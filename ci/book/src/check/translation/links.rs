//! The same links: per chapter, because a translator may rearrange sentences.

use std::collections::BTreeMap;

use crate::{
    chapter::Link,
    check::{Chapter, Findings},
    diagnostic::Diagnostic,
};

/// A link, and the number of its section.
type Placed<'a> = (usize, &'a Link);

pub(super) fn check(english: &Chapter<'_>, chapter: &Chapter<'_>) -> Findings {
    let (originals, own) = (by_target(english), by_target(chapter));
    let missing = surplus(&originals, &own);
    let mut extra = surplus(&own, &originals);
    let mut findings = Findings::new();
    for (section, original) in missing {
        let see = format!("see {}", english.address(&original.span));
        // One too many and one too few in a section: one that leads elsewhere.
        if let Some(at) = extra
            .iter()
            .position(|(other, link)| *other == section && link.image == original.image)
        {
            let (_, link) = extra.remove(at);
            findings.push(
                Diagnostic::new(
                    "other-link",
                    "this link leads elsewhere than the English one",
                )
                .at(
                    chapter.place(&link.target_span),
                    format!("the English link leads to `{}`", original.target),
                )
                .help(format!("all editions link to the same places: {see}")),
            );
        } else {
            findings.push(
                Diagnostic::new(
                    "missing-link",
                    format!("the English chapter links to `{}`", original.target),
                )
                .at(
                    chapter.end_of(section),
                    "this section ends without the link",
                )
                .help(format!("link to it somewhere in this chapter: {see}")),
            );
        }
    }
    findings.extend(extra.iter().map(|(_, link)| {
        Diagnostic::new(
            "extra-link",
            format!("the English chapter does not link to `{}`", link.target),
        )
        .at(chapter.place(&link.target_span), "only in this edition")
        .help("remove the link, or add it to the English chapter first")
    }));
    findings
}

fn by_target<'a>(chapter: &'a Chapter<'_>) -> BTreeMap<&'a str, Vec<Placed<'a>>> {
    let mut links: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for link in &chapter.structure.links {
        links
            .entry(link.target.as_str())
            .or_default()
            .push((chapter.section(link.span.start), link));
    }
    links
}

/// The links that `these` have more of than `those`, each in a section that has more of it, in the chapter's order.
fn surplus<'a>(
    these: &BTreeMap<&str, Vec<Placed<'a>>>,
    those: &BTreeMap<&str, Vec<Placed<'_>>>,
) -> Vec<Placed<'a>> {
    let mut surplus = Vec::new();
    for (target, links) in these {
        let others = those.get(target).map_or(&[][..], Vec::as_slice);
        let too_many = links.len().saturating_sub(others.len());
        let mut there: Vec<usize> = others.iter().map(|(section, _)| *section).collect();
        let unmatched = links.iter().filter(|(section, _)| {
            let matching = there.iter().position(|other| other == section);
            matching.map(|at| there.swap_remove(at)).is_none()
        });
        surplus.extend(unmatched.take(too_many));
    }
    surplus.sort_by_key(|(_, link)| link.span.start);
    surplus
}
