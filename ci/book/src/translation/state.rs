//! The state of a translated chapter: each English passage is fresh, stale or missing.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::{
    lock::{Line, Record},
    passage::{Hash, Passage},
};

/// What the lock and the English text of today say of each other.
#[derive(Debug, PartialEq, Eq)]
pub struct State<'a> {
    /// Of each English passage, in order.
    pub passages: Vec<Of<'a>>,
    /// What was translated, and is in English no more.
    pub surplus: Vec<Surplus<'a>>,
}

/// The state of one English passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of<'a> {
    /// The translation was made from this very text.
    Fresh(&'a Line),
    /// The translation was made from an older text.
    Stale(&'a Line),
    /// There is no translation yet.
    Missing,
}

/// A translated passage whose English is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surplus<'a> {
    /// What the lock says of it.
    pub line: &'a Line,
    /// How many English passages of today come before the place where it stood.
    pub at: usize,
}

/// How many passages are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Translated from the English text of today.
    pub fresh: usize,
    /// Translated from an older text, or from one that is gone.
    pub stale: usize,
    /// Not translated.
    pub missing: usize,
}

impl Counts {
    /// All together.
    pub fn total(&self) -> usize {
        self.fresh + self.stale + self.missing
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.fresh += other.fresh;
        self.stale += other.stale;
        self.missing += other.missing;
    }
}

impl State<'_> {
    /// How many passages are in which state.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            stale: self.surplus.len(),
            ..Counts::default()
        };
        for passage in &self.passages {
            match passage {
                Of::Fresh(_) => counts.fresh += 1,
                Of::Stale(_) => counts.stale += 1,
                Of::Missing => counts.missing += 1,
            }
        }
        counts
    }
}

/// Compares what the lock says of a chapter with the English text of today.
///
/// A passage is fresh if its text is one that the translation was made from, wherever it stands now: moving changes nothing.
/// What is left over on both sides belongs together, in order, between the same two fresh neighbours: the passages of the
/// lock were changed into those of today. A passage of today that is left is missing, one of the lock is surplus.
///
/// `units` are the passages that translate each English one, where somebody knows them. They tell better than the order which
/// line belongs to a passage that has changed: the one whose translation still stands there.
pub fn state<'a>(
    english: &[Passage],
    record: &'a Record,
    units: Option<&[Vec<Hash>]>,
) -> State<'a> {
    let lines = &record.passages;
    let mut matched = matches(english, lines);
    let mut passages: Vec<Of<'a>> = matched
        .iter()
        .map(|line| line.map_or(Of::Missing, |line| Of::Fresh(&lines[line])))
        .collect();
    let mut free: HashMap<&[Hash], VecDeque<usize>> = HashMap::new();
    let taken: HashSet<usize> = matched.iter().flatten().copied().collect();
    for (at, line) in lines
        .iter()
        .enumerate()
        .filter(|(at, _)| !taken.contains(at))
    {
        free.entry(&line.translation).or_default().push_back(at);
    }
    for (at, unit) in units.into_iter().flatten().enumerate() {
        if matched[at].is_none()
            && !unit.is_empty()
            && let Some(line) = free.get_mut(unit.as_slice()).and_then(VecDeque::pop_front)
        {
            passages[at] = Of::Stale(&lines[line]);
            matched[at] = Some(line);
        }
    }

    // Where each matched line's passage stands today.
    let mut today = vec![None; lines.len()];
    for (at, line) in matched.iter().enumerate() {
        if let Some(line) = line {
            today[*line] = Some(at);
        }
    }
    // The passages that have no line, between fresh ones: each such gap by the index of the passage before it.
    let mut gaps: HashMap<Option<usize>, VecDeque<usize>> = HashMap::new();
    let mut before = None;
    for (at, line) in matched.iter().enumerate() {
        match line {
            Some(_) => before = Some(at),
            None => gaps.entry(before).or_default().push_back(at),
        }
    }
    let mut surplus = Vec::new();
    let mut before = None;
    // How many passages of today come before the next line's place.
    let mut place = 0;
    for (line, at) in lines.iter().zip(&today) {
        if at.is_some() {
            before = *at;
            place = at.map_or(0, |at| at + 1);
            continue;
        }
        match gaps.get_mut(&before).and_then(VecDeque::pop_front) {
            Some(at) => {
                passages[at] = Of::Stale(line);
                place = at + 1;
            }
            None => surplus.push(Surplus { line, at: place }),
        }
    }
    surplus.sort_by_key(|surplus| surplus.at);
    State { passages, surplus }
}

/// The line that each English passage of today has: one with the same text, in the same section if there are several.
fn matches(english: &[Passage], lines: &[Line]) -> Vec<Option<usize>> {
    let mut by_text: HashMap<Hash, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        by_text.entry(line.english).or_default().push(at);
    }
    let mut matched = vec![None; english.len()];
    // First those that have not left their section, so that a copy in another one does not take their place.
    for same_section in [true, false] {
        for (at, passage) in english.iter().enumerate() {
            if matched[at].is_some() {
                continue;
            }
            let Some(candidates) = by_text.get_mut(&passage.hash) else {
                continue;
            };
            let fits = |line: &usize| !same_section || lines[*line].section == passage.section;
            if let Some(first) = candidates.iter().position(fits) {
                matched[at] = Some(candidates.remove(first));
            }
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lock::Blob, passage::Kind};

    fn english(texts: &str) -> Vec<Passage> {
        let passage = |text: &str| Passage {
            section: String::new(),
            kind: Kind::Prose,
            span: 0..0,
            block: 0..0,
            hash: Hash::of(text),
        };
        texts.split_whitespace().map(passage).collect()
    }

    fn record(texts: &str) -> Record {
        let line = |passage: Passage| Line {
            section: passage.section,
            english: passage.hash,
            blob: Blob::of(""),
            translation: vec![passage.hash],
        };
        Record {
            passages: english(texts).into_iter().map(line).collect(),
            ..Record::default()
        }
    }

    /// `f`resh, `s`tale with its old text, `m`issing, for each passage; then what is surplus, and where.
    fn told(then: &str, now: &str) -> String {
        let record = record(then);
        let old = |line: &Line| {
            let same = |text: &&str| Hash::of(text) == line.english;
            then.split_whitespace().find(same).unwrap().to_owned()
        };
        let state = state(&english(now), &record, None);
        let passages = state.passages.iter().map(|of| match of {
            Of::Fresh(_) => "f".to_owned(),
            Of::Stale(line) => format!("s({})", old(line)),
            Of::Missing => "m".to_owned(),
        });
        let surplus = state
            .surplus
            .iter()
            .map(|surplus| format!("-{}@{}", old(surplus.line), surplus.at));
        passages.chain(surplus).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_has_not_changed_is_fresh() {
        assert_eq!(told("a b c", "a b c"), "f f f");
        assert_eq!(told("a b c", "c a b"), "f f f", "moved");
        assert_eq!(told("a a b", "a b a"), "f f f", "the same text twice");
    }

    #[test]
    fn what_has_changed_is_stale() {
        assert_eq!(told("a b c", "a x c"), "f s(b) f");
        assert_eq!(told("a b c", "x y z"), "s(a) s(b) s(c)");
        assert_eq!(told("a b c", "a b x"), "f f s(c)");
    }

    #[test]
    fn what_is_new_is_missing() {
        assert_eq!(told("a b", "a x b"), "f m f");
        assert_eq!(told("a b", "x a b y"), "m f f m");
        assert_eq!(told("", "a b"), "m m");
        assert_eq!(told("a b", "a a b"), "f m f", "a copy");
    }

    #[test]
    fn what_is_gone_is_surplus() {
        assert_eq!(told("a b c", "a c"), "f f -b@1");
        assert_eq!(told("a b", ""), "-a@0 -b@0");
    }

    #[test]
    fn split_and_merged() {
        assert_eq!(told("a b c", "a x y c"), "f s(b) m f");
        assert_eq!(told("a b c d", "a x d"), "f s(b) f -c@2");
    }

    #[test]
    fn a_translation_that_still_stands_there_tells_what_was_changed() {
        let record = record("a b d");
        let now = english("a new x d");
        let units: Vec<Vec<Hash>> = ["a", "NEW", "b", "d"]
            .map(|text| vec![Hash::of(text)])
            .into();
        let state = state(&now, &record, Some(&units));
        assert_eq!(state.passages[1], Of::Missing);
        assert_eq!(state.passages[2], Of::Stale(&record.passages[1]));
    }

    #[test]
    fn a_copy_in_another_section_does_not_take_the_place() {
        let mut now = english("a b a");
        now[0].section = "new".into();
        let record = record("b a");
        let state = state(&now, &record, None);
        assert_eq!(state.passages[0], Of::Missing);
        assert_eq!(state.passages[2], Of::Fresh(&record.passages[1]));
    }

    #[test]
    fn surplus_counts_as_stale() {
        let record = record("a b c");
        let counts = state(&english("a x y z"), &record, None).counts();
        assert_eq!((counts.fresh, counts.stale, counts.missing), (1, 2, 1));
        assert_eq!(counts.total(), 4);
    }
}
