//! Random edits of random chapters: a passage is stale exactly when the English text it was translated from has changed, and
//! blessing changes nothing but what was touched.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use book::{
    lock::{Blob, Record},
    passage::{Hash, Kind, Passage, passages},
    snippet::Snippets,
    source::Source,
    translation::{
        bless::{Chapter, Outcome, bless},
        state::{Of, state},
    },
};
use proptest::prelude::*;

/// A block of a chapter. `name` is its own for good; `version` counts its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Block {
    name: u32,
    version: u32,
    shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Heading,
    Paragraph,
    Item,
    Row,
    Code,
    /// An include; its version is that of the file.
    Snippet,
    Note,
}

const SHAPES: [Shape; 7] = [
    Shape::Heading,
    Shape::Paragraph,
    Shape::Item,
    Shape::Row,
    Shape::Code,
    Shape::Snippet,
    Shape::Note,
];

/// One edit of the English chapter. Numbers are taken modulo the number of blocks.
#[derive(Clone, Debug)]
enum Edit {
    Change(usize),
    Split(usize),
    Merge(usize),
    Move(usize, usize),
    Insert(usize, usize),
    Remove(usize),
    /// Other white space, other ends of lines: nothing that a reader sees.
    Rewrap,
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = 0..100_usize;
    prop_oneof![
        3 => at.clone().prop_map(Edit::Change),
        1 => at.clone().prop_map(Edit::Split),
        1 => at.clone().prop_map(Edit::Merge),
        2 => (at.clone(), at.clone()).prop_map(|(from, to)| Edit::Move(from, to)),
        1 => (at.clone(), at.clone()).prop_map(|(to, shape)| Edit::Insert(to, shape)),
        1 => at.prop_map(Edit::Remove),
        1 => Just(Edit::Rewrap),
    ]
}

/// An English chapter under edits.
#[derive(Clone, Debug)]
struct English {
    blocks: Vec<Block>,
    next: u32,
    wrapped: bool,
}

impl English {
    fn new(shapes: &[usize]) -> Self {
        let mut english = Self {
            blocks: Vec::new(),
            next: 0,
            wrapped: false,
        };
        for (at, shape) in shapes.iter().enumerate() {
            english.insert(at, SHAPES[shape % SHAPES.len()]);
        }
        english
    }

    fn insert(&mut self, at: usize, shape: Shape) {
        let block = Block {
            name: self.next,
            version: 0,
            shape,
        };
        self.next += 1;
        self.blocks.insert(at, block);
    }

    fn apply(&mut self, edit: &Edit) {
        let count = self.blocks.len();
        match *edit {
            Edit::Insert(to, shape) => self.insert(to % (count + 1), SHAPES[shape % SHAPES.len()]),
            Edit::Rewrap => self.wrapped = !self.wrapped,
            _ if count == 0 => {}
            Edit::Change(at) => self.blocks[at % count].version += 1,
            Edit::Split(at) => {
                let at = at % count;
                self.blocks[at].version += 1;
                let shape = self.blocks[at].shape;
                self.insert(at + 1, shape);
            }
            Edit::Merge(at) => {
                let at = at % count;
                self.blocks[at].version += 1;
                if at + 1 < count {
                    self.blocks.remove(at + 1);
                }
            }
            Edit::Move(from, to) => {
                let block = self.blocks.remove(from % count);
                self.blocks.insert(to % count, block);
            }
            Edit::Remove(at) => {
                self.blocks.remove(at % count);
            }
        }
    }

    /// The Markdown, and what it includes.
    fn source(&self, folder: &std::path::Path) -> (Arc<Source>, Snippets) {
        let text = render(&self.blocks, |block| {
            format!("p{} v{} says something", block.name, block.version)
        });
        let text = if self.wrapped {
            text.replace(" says something", "  says\nsomething")
                .replace("> p", ">   p")
                .replace('\n', "\r\n")
        } else {
            text
        };
        for block in self
            .blocks
            .iter()
            .filter(|block| block.shape == Shape::Snippet)
        {
            std::fs::write(
                folder.join(format!("s{}.txt", block.name)),
                format!("v{}\n", block.version),
            )
            .unwrap();
        }
        (
            Arc::new(Source::new("src/en/a.md", text)),
            Snippets::new(folder),
        )
    }

    fn passages(&self, folder: &std::path::Path) -> Vec<Passage> {
        let (source, snippets) = self.source(folder);
        let found = passages(&source, Some(&snippets));
        // The head of each table is a passage of its own, always the same.
        let of_blocks: Vec<_> = found
            .iter()
            .filter(|passage| !is_head(&source, passage))
            .cloned()
            .collect();
        assert_eq!(of_blocks.len(), self.blocks.len(), "{}", source.text);
        of_blocks
    }
}

fn is_head(source: &Source, passage: &Passage) -> bool {
    passage.kind == Kind::Row && source.text[passage.span.clone()].contains("head")
}

fn render(blocks: &[Block], words: impl Fn(&Block) -> String) -> String {
    let mut text = String::new();
    for block in blocks {
        let words = words(block);
        let name = block.name;
        text += &match block.shape {
            // Wrapped, a heading's or a row's words would end on the first line.
            Shape::Heading => format!(
                "## {} {{#h{name}}}\n\n",
                words.replace(" says something", "")
            ),
            Shape::Paragraph => format!("{words}\n\n"),
            // Two lists in a row would be one, so each item has a comment of its own above it: no, a rule.
            Shape::Item => format!("***\n\n- {words}\n\n"),
            Shape::Row => format!(
                "| head |\n|---|\n| {} |\n\n",
                words.replace(" says something", "")
            ),
            Shape::Code => format!("```text\n{words}\n```\n\n"),
            Shape::Snippet => format!("```text\n{{{{#include ../../s{name}.txt}}}}\n```\n\n"),
            Shape::Note => format!("> [!NOTE]\n> {words}\n\n"),
        };
    }
    text
}

/// What a translator has written for each English block: nothing, or a version of a translation.
type Written = BTreeMap<u32, u32>;

fn translation(english: &English, written: &Written) -> (Vec<Passage>, Vec<bool>) {
    let text = render(&english.blocks, |block| match written.get(&block.name) {
        Some(version) => format!("t{} w{version}", block.name),
        None => format!("{{{{#translate}}}} p{}", block.name),
    });
    let source = Arc::new(Source::new("src/ru/a.md", text));
    let found: Vec<_> = passages(&source, None)
        .into_iter()
        .filter(|passage| !is_head(&source, passage))
        .collect();
    let marked = found
        .iter()
        .map(|passage| source.text[passage.span.clone()].contains("{{#translate}}"))
        .collect();
    (found, marked)
}

fn blessed(
    english: &English,
    passages: &[Passage],
    written: &Written,
    record: &Record,
) -> (Record, Vec<Outcome>) {
    let (translated, is_marked) = translation(english, written);
    let chapter = Chapter {
        english: passages,
        blob: &Blob::of("today"),
        translation: &translated,
        is_marked: &is_marked,
    };
    bless(chapter, record, false).expect("the structure is the same")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stale_is_exactly_what_has_changed(
        shapes in prop::collection::vec(0..7_usize, 0..14),
        edits in prop::collection::vec(edit(), 0..10),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut english = English::new(&shapes);
        let before = english.passages(folder.path());
        let written: Written = english.blocks.iter().map(|block| (block.name, 0)).collect();
        let (record, outcomes) = blessed(&english, &before, &written, &Record::default());
        prop_assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Blessed));

        let translated: HashSet<(u32, u32)> = english.blocks.iter().map(|block| (block.name, block.version)).collect();
        for edit in &edits {
            english.apply(edit);
        }
        let today = english.passages(folder.path());
        let state = state(&today, &record, None);
        let mut fresh = 0;
        let mut stale = 0;
        for (block, of) in english.blocks.iter().zip(&state.passages) {
            let same = translated.contains(&(block.name, block.version));
            prop_assert_eq!(matches!(of, Of::Fresh(_)), same, "{:?}", block);
            fresh += usize::from(matches!(of, Of::Fresh(_)));
            stale += usize::from(matches!(of, Of::Stale(_)));
        }
        // Every passage that was translated is accounted for once.
        prop_assert_eq!(fresh + stale + state.surplus.len(), record.passages.len());
        // Where nothing moved, came or went, a stale passage is the very one that has changed.
        let in_place = edits.iter().all(|edit| matches!(edit, Edit::Change(_) | Edit::Rewrap));
        if in_place {
            for (at, of) in state.passages.iter().enumerate() {
                match of {
                    Of::Fresh(line) | Of::Stale(line) => prop_assert_eq!(line.english, before[at].hash),
                    Of::Missing => prop_assert!(false, "nothing is new"),
                }
            }
            prop_assert!(state.surplus.is_empty());
        }
    }

    #[test]
    fn blessing_changes_nothing_but_what_was_touched(
        shapes in prop::collection::vec(0..7_usize, 1..14),
        edits in prop::collection::vec(edit(), 1..10),
        touches in prop::collection::vec(any::<bool>(), 40),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut english = English::new(&shapes);
        let before = english.passages(folder.path());
        let mut written: Written = english.blocks.iter().map(|block| (block.name, 0)).collect();
        let (record, _) = blessed(&english, &before, &written, &Record::default());
        for edit in &edits {
            english.apply(edit);
        }
        let today = english.passages(folder.path());
        let units = |written: &Written| -> Vec<Vec<Hash>> {
            let (translated, _) = translation(&english, written);
            translated.iter().map(|passage| vec![passage.hash]).collect()
        };
        let untouched = units(&written);
        let old = state(&today, &record, Some(&untouched));
        // The translator works on some of the passages that are not fresh.
        let mut touched: HashSet<u32> = HashSet::new();
        for ((block, of), touch) in english.blocks.iter().zip(&old.passages).zip(touches.iter().cycle()) {
            if *touch && !matches!(of, Of::Fresh(_)) {
                *written.entry(block.name).or_insert(0) += 1;
                touched.insert(block.name);
            }
        }
        let (new_record, outcomes) = blessed(&english, &today, &written, &record);
        let units = units(&written);
        let new = state(&today, &new_record, Some(&units));
        let (translated, _) = translation(&english, &written);
        let there: HashSet<Hash> = translated.iter().map(|passage| passage.hash).collect();
        for (at, block) in english.blocks.iter().enumerate() {
            let is_code = matches!(block.shape, Shape::Code | Shape::Snippet);
            match (old.passages[at], new.passages[at]) {
                (Of::Fresh(line), Of::Fresh(still)) => {
                    prop_assert_eq!(&line.english, &still.english);
                    prop_assert_eq!(&line.blob, &still.blob);
                    prop_assert_eq!(outcomes[at], Outcome::Fresh);
                }
                (Of::Fresh(_), _) => prop_assert!(false, "{:?} was fresh", block),
                // Code has no words, so there is nothing to wait for. What was stale may have been so for another block's sake.
                (Of::Stale(line), Of::Fresh(_)) => {
                    prop_assert!(is_code || touched.contains(&block.name) || line.translation != units[at]);
                }
                (Of::Missing, Of::Fresh(_)) => prop_assert!(is_code || written.contains_key(&block.name)),
                _ => prop_assert!(is_code || !touched.contains(&block.name), "{:?} was touched", block),
            }
        }
        // What was translated from an older text is remembered while its translation stands there.
        let blessed_units: Vec<_> = outcomes
            .iter()
            .zip(&units)
            .filter(|(outcome, _)| matches!(outcome, Outcome::Blessed | Outcome::Fresh))
            .map(|(_, unit)| unit)
            .collect();
        for line in &record.passages {
            let still = line.translation.iter().any(|hash| there.contains(hash));
            if still && !blessed_units.contains(&&line.translation) {
                prop_assert!(new_record.passages.contains(line), "{:?} is forgotten", line);
            }
        }
        // And nothing that nobody has said is in the new record.
        for line in &new_record.passages {
            let today = today.iter().any(|passage| passage.hash == line.english);
            prop_assert!(today || record.passages.contains(line));
        }
    }
}
