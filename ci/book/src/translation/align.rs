//! Which passages of a translation belong to which English one.
//!
//! A translator may merge and split prose within a section; headings, table rows, code and HTML blocks stay one to one. So the
//! fixed passages divide a section into stretches of prose. A stretch with as many passages on both sides is aligned one to
//! one; in another, every English passage belongs to the whole stretch.

use std::ops::Range;

use crate::passage::Passage;

/// A section whose fixed passages differ, so that nothing can be aligned in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misaligned {
    /// The section's id.
    pub section: String,
    /// The translation's passages from where it differs, as an index.
    pub at: usize,
}

/// For each English passage, the passages of the translation that belong to it. None may belong to it: a stretch of prose that
/// the translator has left out, or has put into a neighbour.
///
/// # Errors
///
/// The first section whose fixed passages are not the same in number and kind.
pub fn align(
    english: &[Passage],
    translation: &[Passage],
) -> Result<Vec<Range<usize>>, Misaligned> {
    let mut aligned = Vec::with_capacity(english.len());
    let (mut e, mut t) = (0, 0);
    loop {
        let stretch_e = e..end_of_prose(english, e);
        let stretch_t = t..end_of_prose(translation, t);
        let one_to_one = stretch_e.len() == stretch_t.len();
        for at in stretch_e.clone() {
            aligned.push(if one_to_one {
                let own = t + (at - e);
                own..own + 1
            } else {
                stretch_t.clone()
            });
        }
        (e, t) = (stretch_e.end, stretch_t.end);
        match (english.get(e), translation.get(t)) {
            (None, None) => return Ok(aligned),
            (Some(a), Some(b)) if a.kind == b.kind && a.section == b.section => {
                aligned.push(t..t + 1);
                e += 1;
                t += 1;
            }
            (a, b) => {
                let section = b.or(a).map(|passage| passage.section.clone());
                return Err(Misaligned {
                    section: section.unwrap_or_default(),
                    at: t,
                });
            }
        }
    }
}

fn end_of_prose(passages: &[Passage], from: usize) -> usize {
    let fixed = passages[from..]
        .iter()
        .position(|passage| passage.kind.is_fixed());
    fixed.map_or(passages.len(), |fixed| from + fixed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::{Hash, Kind};

    /// `h`eading, `p`rose, `c`ode.
    fn passages(kinds: &str) -> Vec<Passage> {
        let passage = |kind| Passage {
            section: String::new(),
            kind: match kind {
                'h' => Kind::Heading,
                'c' => Kind::Code,
                _ => Kind::Prose,
            },
            span: 0..0,
            block: 0..0,
            hash: Hash::of(""),
        };
        kinds.chars().map(passage).collect()
    }

    fn aligned(english: &str, translation: &str) -> Option<Vec<Range<usize>>> {
        align(&passages(english), &passages(translation)).ok()
    }

    #[test]
    fn the_same_shape_is_one_to_one() {
        assert_eq!(aligned("hppc", "hppc").unwrap(), [0..1, 1..2, 2..3, 3..4]);
    }

    #[test]
    fn a_stretch_of_another_length_belongs_together() {
        assert_eq!(
            aligned("hppcp", "hpcp").unwrap(),
            [0..1, 1..2, 1..2, 2..3, 3..4]
        );
        assert_eq!(aligned("hpc", "hppc").unwrap(), [0..1, 1..3, 3..4]);
        assert_eq!(aligned("hpc", "hc").unwrap(), [0..1, 1..1, 1..2]);
    }

    #[test]
    fn another_order_of_code_is_no_alignment() {
        assert_eq!(aligned("hcp", "hph"), None);
        assert_eq!(aligned("hc", "h"), None);
        assert_eq!(aligned("h", "hc"), None);
    }
}
