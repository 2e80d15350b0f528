//! The same code blocks and includes, in the same order, section by section.

use std::ops::Range;

use crate::{
    chapter::Fence,
    check::{Chapter, Findings},
    diagnostic::Diagnostic,
    directive::{Directive, Include},
};

/// What a translator copies and does not translate.
#[derive(Clone, Copy)]
enum Block<'a> {
    /// A code block, with all that is in it.
    Fence(&'a Fence),
    /// An include outside of any code block, or a recorded run.
    Include(&'a Include),
}

pub(super) fn check(english: &Chapter<'_>, chapter: &Chapter<'_>) -> Findings {
    let (originals, own) = (sections(english), sections(chapter));
    let sections = originals.iter().zip(&own).enumerate();
    sections
        .filter_map(|(section, (originals, own))| {
            difference(english, chapter, section, originals, own)
        })
        .collect()
}

/// The blocks of each section.
fn sections<'a>(chapter: &'a Chapter<'_>) -> Vec<Vec<Block<'a>>> {
    let fences = &chapter.structure.fences;
    let includes = chapter
        .directives
        .iter()
        .filter_map(|directive| match directive {
            Directive::Include(include) | Directive::Recording(include) => Some(include),
            _ => None,
        });
    let bare = includes.filter(|include| {
        let behind = fences.partition_point(|fence| fence.span.start <= include.span.start);
        !fences[..behind]
            .last()
            .is_some_and(|fence| fence.span.contains(&include.span.start))
    });
    let mut blocks: Vec<_> = fences
        .iter()
        .map(Block::Fence)
        .chain(bare.map(Block::Include))
        .collect();
    blocks.sort_by_key(|block| block.span().start);
    let mut sections = vec![Vec::new(); chapter.structure.headings.len() + 1];
    for block in blocks {
        sections[chapter.section(block.span().start)].push(block);
    }
    sections
}

/// The first difference between the blocks of a section.
fn difference(
    english: &Chapter<'_>,
    chapter: &Chapter<'_>,
    section: usize,
    originals: &[Block<'_>],
    own: &[Block<'_>],
) -> Option<Diagnostic> {
    let same = |original: &Block<'_>, own: &Block<'_>| original.same(own);
    let at = (0..originals.len().max(own.len())).find(|at| {
        !originals
            .get(*at)
            .zip(own.get(*at))
            .is_some_and(|(original, own)| same(original, own))
    })?;
    let see =
        |block: &Block<'_>| format!("copy it unchanged: see {}", english.address(block.span()));
    match (originals.get(at), own.get(at)) {
        (Some(original), None) => Some(
            Diagnostic::new(
                "missing-block",
                format!("the English chapter has {} here", original.name()),
            )
            .at(chapter.end_of(section), "this section ends without it")
            .help(see(original)),
        ),
        (Some(original), Some(here))
            if originals.len() > own.len()
                && originals[at..].iter().any(|next| same(next, here)) =>
        {
            Some(
                Diagnostic::new(
                    "missing-block",
                    format!("the English chapter has {} here", original.name()),
                )
                .at(chapter.place(&here.opening()), "before this")
                .help(see(original)),
            )
        }
        (Some(original), Some(here))
            if originals.len() >= own.len()
                || !own[at..].iter().any(|next| same(original, next)) =>
        {
            Some(changed(english, chapter, original, here))
        }
        (_, here) => here.map(|here| {
            Diagnostic::new("extra-block", "the English chapter has no such block here")
                .at(chapter.place(&here.opening()), "only in this edition")
                .help("remove it, or add it to the English chapter first")
        }),
    }
}

/// Two blocks at the same place that differ.
fn changed(
    english: &Chapter<'_>,
    chapter: &Chapter<'_>,
    original: &Block<'_>,
    own: &Block<'_>,
) -> Diagnostic {
    let finding = |message: &str, span: &Range<usize>, label: String| {
        Diagnostic::new("other-block", message)
            .at(chapter.place(span), label)
            .help(format!(
                "code is the same in all editions: see {}",
                english.address(original.span())
            ))
    };
    let (Block::Fence(original), Block::Fence(own)) = (original, own) else {
        let label = format!("the English chapter has {} here", original.name());
        return finding(
            "this is another block than the English one",
            &own.opening(),
            label,
        );
    };
    let lines = |fence: &Fence| fence.text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (theirs, ours) = (lines(original), lines(own));
    let different = (0..theirs.len().max(ours.len())).find(|at| theirs.get(*at) != ours.get(*at));
    let Some(at) = different else {
        let label = format!("the English block says `{}`", original.info);
        let span = if own.info.is_empty() {
            own.span.start..own.info_span.end
        } else {
            own.info_span.clone()
        };
        return finding(
            "this code block has other marks than the English one",
            &span,
            label,
        );
    };
    let label = match theirs.get(at) {
        Some(line) if line.contains("{{#include") => {
            format!("the English chapter includes `{}` here", included(line))
        }
        Some(line) if at < ours.len() => format!("the English line is `{}`", line.trim()),
        Some(line) => format!("the English block has the line `{}` here", line.trim()),
        None => "the English block ends before this line".to_owned(),
    };
    finding(
        "this code block has other lines than the English one",
        &line(chapter, own, at),
        label,
    )
}

/// The bytes of a line of a code block; those of the closing fence, if it has too few.
fn line(chapter: &Chapter<'_>, fence: &Fence, number: usize) -> Range<usize> {
    let rest = &chapter.source.text[fence.body.start..fence.span.end];
    let mut lines = rest.split_inclusive('\n');
    let start = fence.body.start + lines.by_ref().take(number).map(str::len).sum::<usize>();
    let line = lines.next().unwrap_or_default();
    let code = line.trim_matches(|c: char| c.is_whitespace() || c == '>');
    let start = start + line.find(code).unwrap_or(0);
    start..start + code.len()
}

/// The argument of a directive, without the way out of the chapter's folder, which says nothing.
fn included(directive: &str) -> &str {
    let inside = directive
        .trim_matches([' ', '{', '}'])
        .trim_start_matches("#include");
    inside.trim().trim_start_matches("../")
}

impl<'a> Block<'a> {
    fn span(&self) -> &'a Range<usize> {
        match self {
            Self::Fence(fence) => &fence.span,
            Self::Include(include) => &include.span,
        }
    }

    /// What is underlined of it: a fence's first line.
    fn opening(&self) -> Range<usize> {
        match self {
            Self::Fence(fence) => fence.span.start..fence.info_span.end,
            Self::Include(include) => include.span.clone(),
        }
    }

    fn same(&self, other: &Block<'_>) -> bool {
        match (self, other) {
            (Self::Fence(one), Block::Fence(other)) => {
                one.info == other.info && one.text.lines().eq(other.text.lines())
            }
            (Self::Include(one), Block::Include(other)) => {
                (&one.path, &one.anchor) == (&other.path, &other.anchor)
            }
            _ => false,
        }
    }

    /// What a person would call it, by its first line.
    fn name(&self) -> String {
        match self {
            Self::Fence(fence) => {
                let first = fence
                    .text
                    .lines()
                    .find(|line| !line.trim().is_empty())
                    .unwrap_or_default();
                if first.contains("{{#include") {
                    format!("a block that includes `{}`", included(first))
                } else {
                    format!(
                        "a `{}` block that begins with `{}`",
                        fence.language(),
                        first.trim()
                    )
                }
            }
            Self::Include(include) => {
                let anchor = include.anchor.as_ref().map(|anchor| format!(":{anchor}"));
                let argument = format!("{}{}", include.path.display(), anchor.unwrap_or_default());
                let argument = included(&argument);
                if argument.ends_with(".json") {
                    format!("the recording `{argument}`")
                } else {
                    format!("an include of `{argument}`")
                }
            }
        }
    }
}
