//! Texts that are inserted into a source between two marks, and how to take them out again.

/// Stands before every inserted text.
pub(super) const OPEN: &str = "/*{*/";

/// Stands behind every inserted text.
pub(super) const CLOSE: &str = "/*}*/";

/// Removes every text between two marks, and the marks.
pub fn strip(text: &str) -> String {
    let mut parts = text.split(OPEN);
    let mut stripped = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        stripped += part.split_once(CLOSE).map_or("", |(_, behind)| behind);
    }
    stripped
}

/// Texts to insert, each at a byte offset of the source.
///
/// Where several stand at one offset, those that close what lies before come first. Among the others, the order is the one in
/// which they were added: an outer text is opened before the inner ones, and closed behind them.
#[derive(Default)]
pub(super) struct Insertions(Vec<(usize, Side, String)>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Closes,
    Opens,
}

impl Insertions {
    /// Inserts before what begins at `offset`.
    pub(super) fn before(&mut self, offset: usize, text: impl Into<String>) {
        self.0.push((offset, Side::Opens, text.into()));
    }

    /// Inserts behind what ends at `offset`.
    pub(super) fn behind(&mut self, offset: usize, text: impl Into<String>) {
        self.0.push((offset, Side::Closes, text.into()));
    }

    /// The first offset where the mark would become part of a token: `a /b` would become `a //*{*/b`, a comment.
    pub(super) fn glued(&self, source: &str) -> Option<usize> {
        let offsets = self.0.iter().map(|(offset, ..)| *offset);
        offsets
            .filter(|offset| source[..*offset].ends_with('/') && !source[..*offset].ends_with("*/"))
            .min()
    }

    /// The source with all the texts. No line of it changes its number.
    pub(super) fn apply(mut self, source: &str) -> String {
        self.0.sort_by_key(|(offset, side, _)| (*offset, *side));
        let mut text = String::with_capacity(source.len() * 3);
        let mut done = 0;
        for inserted in self.0.chunk_by(|a, b| a.0 == b.0) {
            let offset = inserted[0].0;
            text += &source[done..offset];
            text += OPEN;
            text.extend(inserted.iter().map(|(.., text)| text.as_str()));
            text += CLOSE;
            done = offset;
        }
        text + &source[done..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_closes_comes_first_and_the_outer_opens_first() {
        let mut insertions = Insertions::default();
        insertions.before(1, "<outer ");
        insertions.before(1, "<inner ");
        insertions.behind(2, " inner>");
        insertions.behind(2, " outer>");
        insertions.before(2, "<next ");
        let text = insertions.apply("abc");
        assert_eq!(
            text,
            "a/*{*/<outer <inner /*}*/b/*{*/ inner> outer><next /*}*/c"
        );
        assert_eq!(strip(&text), "abc");
    }

    #[test]
    fn a_slash_before_a_mark_is_found_but_not_the_end_of_a_comment() {
        let mut insertions = Insertions::default();
        insertions.before(3, "x");
        assert_eq!(insertions.glued("a /b"), Some(3));
        assert_eq!(insertions.glued("/**b"), None);
        insertions.before(4, "x");
        assert_eq!(insertions.glued("/**/b"), None);
    }
}
