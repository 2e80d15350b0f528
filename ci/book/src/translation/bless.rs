//! Blessing: what a translator has brought up to date becomes fresh in the lock, and nothing else.

use std::{collections::HashSet, ops::Range};

use super::{
    align::{Misaligned, align},
    state::{Of, state},
};
use crate::{
    lock::{Blob, Line, Record},
    passage::{Hash, Kind, Passage},
};

/// An English chapter and its translation, as they are today.
#[derive(Clone, Copy, Debug)]
pub struct Chapter<'a> {
    /// The English passages, with the code that they show.
    pub english: &'a [Passage],
    /// The English file.
    pub blob: &'a Blob,
    /// The translation's passages.
    pub translation: &'a [Passage],
    /// Of each passage of the translation, whether it is marked as not translated yet.
    pub is_marked: &'a [bool],
}

/// What became of an English passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was fresh, and is.
    Fresh,
    /// It was stale or missing, and is fresh now.
    Blessed,
    /// It is stale: its translation has not been touched since the English text changed.
    Untouched,
    /// It is missing: it is marked as not translated yet, or there is nothing that could translate it.
    Missing,
}

/// Makes fresh what was really translated: the passages that are missing in the lock and have a translation, and the stale ones
/// whose translation was changed since. With `reviewed`, somebody says that the untouched ones are right as they are, too.
///
/// Code needs no translation, but the prose around it may have become wrong. So changed code counts as touched with any
/// other passage of its section.
///
/// # Errors
///
/// The translation has another structure than the English chapter, so that nobody knows what belongs together.
pub fn bless(
    chapter: Chapter<'_>,
    record: &Record,
    reviewed: bool,
) -> Result<(Record, Vec<Outcome>), Misaligned> {
    let aligned = align(chapter.english, chapter.translation)?;
    let units = units(&aligned, chapter.translation);
    let state = state(chapter.english, record, Some(&units));
    let unit = |at: usize| units[at].clone();
    let is_translated = |at: usize| {
        let own = aligned[at].clone();
        !own.is_empty() && !chapter.is_marked[own].iter().any(|marked| *marked)
    };
    let is_code = |at: usize| chapter.english[at].kind == Kind::Code;
    // The sections in which a translator has worked on something that is not code.
    let mut worked_on = HashSet::new();
    for (at, of) in state.passages.iter().enumerate() {
        let changed = match of {
            Of::Fresh(line) | Of::Stale(line) => line.translation != unit(at),
            Of::Missing => true,
        };
        if changed && is_translated(at) && !is_code(at) {
            worked_on.insert(chapter.english[at].section.as_str());
        }
    }

    let mut lines = Vec::new();
    let mut outcomes = Vec::new();
    let known: HashSet<Hash> = chapter
        .translation
        .iter()
        .map(|passage| passage.hash)
        .collect();
    let mut surplus = state.surplus.iter().peekable();
    let mut keep_surplus = |before: usize, lines: &mut Vec<Line>| {
        while let Some(gone) = surplus.next_if(|surplus| surplus.at <= before) {
            let still_there = gone
                .line
                .translation
                .iter()
                .any(|hash| known.contains(hash));
            if still_there && !reviewed {
                lines.push(gone.line.clone());
            }
        }
    };
    for (at, of) in state.passages.iter().enumerate() {
        keep_surplus(at, &mut lines);
        let passage = &chapter.english[at];
        let fresh = |blob: &Blob| Line {
            section: passage.section.clone(),
            english: passage.hash,
            blob: blob.clone(),
            translation: unit(at),
        };
        let touched = |line: &Line| {
            if is_code(at) {
                worked_on.contains(passage.section.as_str())
            } else {
                line.translation != unit(at)
            }
        };
        let is_there = |line: &Line| line.translation.iter().any(|hash| known.contains(hash));
        let (line, outcome) = match of {
            Of::Stale(line) if !is_translated(at) && is_there(line) => {
                (Some((*line).clone()), Outcome::Missing)
            }
            _ if !is_translated(at) => (None, Outcome::Missing),
            Of::Fresh(line) => (Some(fresh(&line.blob)), Outcome::Fresh),
            Of::Missing => (Some(fresh(chapter.blob)), Outcome::Blessed),
            Of::Stale(line) if reviewed || touched(line) => {
                (Some(fresh(chapter.blob)), Outcome::Blessed)
            }
            Of::Stale(line) => (Some((*line).clone()), Outcome::Untouched),
        };
        lines.extend(line);
        outcomes.push(outcome);
        // What was taken for this passage's old translation stands elsewhere: it is not forgotten.
        if let Of::Stale(line) = of
            && outcome == Outcome::Blessed
            && !reviewed
            && line.translation != unit(at)
            && is_there(line)
        {
            lines.push((*line).clone());
        }
    }
    keep_surplus(usize::MAX, &mut lines);
    let blessed = Record {
        passages: lines,
        ..record.clone()
    };
    Ok((blessed, outcomes))
}

/// The hashes of the passages that translate each English one.
pub(super) fn units(aligned: &[Range<usize>], translation: &[Passage]) -> Vec<Vec<Hash>> {
    let hashes = |unit: &Range<usize>| {
        let passages = &translation[unit.clone()];
        passages.iter().map(|passage| passage.hash).collect()
    };
    aligned.iter().map(hashes).collect()
}

/// Takes a change of the English text for trivial: what was fresh before it, in `old`, is fresh after it, in `new`. What was
/// stale before it stays so.
pub fn trivial(record: &Record, old: &[Passage], new: &[Passage], blob: &Blob) -> Record {
    // What the old passages have become is what the lock would say of the new ones if it knew the old ones.
    let as_lock = Record {
        passages: old
            .iter()
            .map(|passage| Line {
                section: passage.section.clone(),
                english: passage.hash,
                blob: blob.clone(),
                translation: Vec::new(),
            })
            .collect(),
        ..Record::default()
    };
    let became: Vec<(Hash, &Passage)> = state(new, &as_lock, None)
        .passages
        .iter()
        .zip(new)
        .filter_map(|(of, passage)| match of {
            Of::Stale(line) => Some((line.english, passage)),
            _ => None,
        })
        .collect();
    let lines = record.passages.iter().map(|line| {
        match became.iter().find(|(old, _)| *old == line.english) {
            Some((_, passage)) => Line {
                section: passage.section.clone(),
                english: passage.hash,
                blob: blob.clone(),
                translation: line.translation.clone(),
            },
            None => line.clone(),
        }
    });
    Record {
        passages: lines.collect(),
        ..record.clone()
    }
}

/// Merges two versions of a record, passage by passage: of each passage the line that fits the English text of today, from
/// whichever side; where both have one, the line whose translation is there today.
pub fn merge(
    english: &[Passage],
    translation: &[Passage],
    ours: &Record,
    theirs: &Record,
) -> Record {
    let known: HashSet<Hash> = translation.iter().map(|passage| passage.hash).collect();
    let is_there = |line: &Line| line.translation.iter().all(|hash| known.contains(hash));
    let mut passages = ours.passages.clone();
    // Where the next line that only they have belongs: behind the last one that we have, too.
    let mut at = 0;
    let mut used = vec![false; passages.len()];
    for line in &theirs.passages {
        let same = (0..passages.len()).find(|own| {
            !used[*own]
                && passages[*own].english == line.english
                && passages[*own].section == line.section
        });
        match same {
            Some(own) => {
                used[own] = true;
                if !is_there(&passages[own]) && is_there(line) {
                    passages[own] = line.clone();
                }
                at = own + 1;
            }
            None => {
                passages.insert(at, line.clone());
                used.insert(at, true);
                at += 1;
            }
        }
    }
    let all = Record {
        passages,
        ..Record::default()
    };
    // A line that one side alone has, and that has nothing to say of today's text, was replaced by the other side.
    let on_both = |line: &Line| {
        let has = |record: &Record| {
            record
                .passages
                .iter()
                .any(|other| other.english == line.english)
        };
        has(ours) && has(theirs)
    };
    let replaced: HashSet<*const Line> = state(english, &all, None)
        .surplus
        .iter()
        .filter(|surplus| !on_both(surplus.line))
        .map(|surplus| std::ptr::from_ref(surplus.line))
        .collect();
    let mut kept = all;
    let kept_lines = kept
        .passages
        .iter()
        .filter(|line| !replaced.contains(&std::ptr::from_ref(*line)));
    kept.passages = kept_lines.cloned().collect();
    let passages = in_order(english, &kept);
    Record {
        translators: union(&ours.translators, &theirs.translators),
        reviewers: union(&ours.reviewers, &theirs.reviewers),
        passages,
    }
}

/// The lines in the order of the English text of today. Those that are gone stay where they stood.
fn in_order(english: &[Passage], record: &Record) -> Vec<Line> {
    let state = state(english, record, None);
    let mut surplus = state.surplus.iter().peekable();
    let mut lines = Vec::new();
    for (at, of) in state.passages.iter().enumerate() {
        while let Some(gone) = surplus.next_if(|surplus| surplus.at <= at) {
            lines.push(gone.line.clone());
        }
        match of {
            Of::Fresh(line) | Of::Stale(line) => lines.push((*line).clone()),
            Of::Missing => {}
        }
    }
    lines.extend(surplus.map(|gone| gone.line.clone()));
    lines
}

fn union(ours: &[String], theirs: &[String]) -> Vec<String> {
    let new = theirs.iter().filter(|name| !ours.contains(name));
    ours.iter().chain(new).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translation::state::Counts;

    /// Words, each a passage; `c…` is code, `m…` is marked.
    fn passages(words: &str) -> Vec<Passage> {
        let passage = |word: &str| Passage {
            section: String::new(),
            kind: if word.starts_with('c') {
                Kind::Code
            } else {
                Kind::Prose
            },
            span: 0..0,
            block: 0..0,
            hash: Hash::of(word),
        };
        words.split_whitespace().map(passage).collect()
    }

    fn blessed(
        english: &str,
        translation: &str,
        record: &Record,
        reviewed: bool,
    ) -> (Record, Vec<Outcome>) {
        let marked: Vec<bool> = translation
            .split_whitespace()
            .map(|word| word.starts_with('m'))
            .collect();
        let chapter = Chapter {
            english: &passages(english),
            blob: &Blob::of(english),
            translation: &passages(translation),
            is_marked: &marked,
        };
        bless(chapter, record, reviewed).unwrap()
    }

    fn counts(english: &str, record: &Record) -> [usize; 3] {
        let Counts {
            fresh,
            stale,
            missing,
        } = state(&passages(english), record, None).counts();
        [fresh, stale, missing]
    }

    #[test]
    fn the_first_time_everything_that_is_translated_is_blessed() {
        let (record, outcomes) = blessed("a b d", "A mB D", &Record::default(), false);
        assert_eq!(
            outcomes,
            [Outcome::Blessed, Outcome::Missing, Outcome::Blessed]
        );
        assert_eq!(counts("a b d", &record), [2, 0, 1]);
    }

    #[test]
    fn only_what_was_touched_is_blessed() {
        let (record, _) = blessed("a b d", "A B D", &Record::default(), false);
        let (record, outcomes) = blessed("x y d", "X B D", &record, false);
        assert_eq!(
            outcomes,
            [Outcome::Blessed, Outcome::Untouched, Outcome::Fresh]
        );
        assert_eq!(counts("x y d", &record), [2, 1, 0]);
        let (record, outcomes) = blessed("x y d", "X B D", &record, true);
        assert_eq!(
            outcomes[1],
            Outcome::Blessed,
            "somebody says that it is right"
        );
        assert_eq!(counts("x y d", &record), [3, 0, 0]);
    }

    #[test]
    fn a_passage_that_is_gone_is_stale_until_its_translation_is_gone() {
        let (record, _) = blessed("a b d", "A B D", &Record::default(), false);
        let (record, _) = blessed("a d", "A B D", &record, false);
        assert_eq!(counts("a d", &record), [2, 1, 0]);
        let (record, _) = blessed("a d", "A D", &record, false);
        assert_eq!(counts("a d", &record), [2, 0, 0]);
    }

    #[test]
    fn merged_prose_belongs_to_every_passage_of_the_stretch() {
        let (record, _) = blessed("a b c1", "AB c1", &Record::default(), false);
        assert_eq!(
            record.passages[0].translation,
            record.passages[1].translation
        );
        let (record, outcomes) = blessed("a x c1", "AB c1", &record, false);
        assert_eq!(outcomes[1], Outcome::Untouched);
        let (_, outcomes) = blessed("a x c1", "AX c1", &record, false);
        assert_eq!(outcomes, [Outcome::Fresh, Outcome::Blessed, Outcome::Fresh]);
    }

    #[test]
    fn changed_code_is_touched_with_its_section() {
        let (record, _) = blessed("a c1", "A c", &Record::default(), false);
        let (same, outcomes) = blessed("a c2", "A c", &record, false);
        assert_eq!(outcomes[1], Outcome::Untouched);
        assert_eq!(counts("a c2", &same), [1, 1, 0]);
        let (_, outcomes) = blessed("a c2", "A2 c", &record, false);
        assert_eq!(outcomes[1], Outcome::Blessed);
    }

    #[test]
    fn a_trivial_change_keeps_what_was_fresh() {
        let (record, _) = blessed("a b d", "A B D", &Record::default(), false);
        // `b` was changed before and is stale; now `a` gets a comma.
        let record = trivial(
            &record,
            &passages("a y d"),
            &passages("a, y d"),
            &Blob::of("new"),
        );
        assert_eq!(counts("a, y d", &record), [2, 1, 0]);
    }

    #[test]
    fn two_translators_are_merged() {
        let (base, _) = blessed("a b d", "A B D", &Record::default(), false);
        let (ours, _) = blessed("x y d", "X B D", &base, false);
        let (theirs, _) = blessed("x y d", "A Y D", &base, false);
        let english = passages("x y d");
        let translation = passages("X Y D");
        let merged = merge(&english, &translation, &ours, &theirs);
        assert_eq!(counts("x y d", &merged), [3, 0, 0]);
        assert_eq!(merged.passages.len(), 3);
        assert_eq!(
            merge(&english, &translation, &theirs, &ours).passages,
            merged.passages
        );
        let alone = merge(&english, &passages("X B D"), &ours, &base);
        assert_eq!(
            counts("x y d", &alone),
            [2, 1, 0],
            "what nobody has touched stays stale"
        );
    }
}
