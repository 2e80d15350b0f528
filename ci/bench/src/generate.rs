//! Books of a given size, made from the real one, in a temporary folder.
//!
//! The repository's tool and its doctest crate work on them as they are, without being compiled again.

use std::{fmt::Write as _, fs, path::Path};

use book::{
    comment::command::add_missing,
    lock::{Lock, Record},
    project::Project,
    translation::{
        bless::bless,
        desk::{Desk, Translated},
    },
};
use tempfile::TempDir;

/// A generated book.
pub(crate) struct Generated(TempDir);

/// The chapter that the generated ones are copies of.
const MODEL: &str = "02_execution/03_wakeups.md";

/// The translations that the generated ones are copies of.
const MODELS: [&str; 4] = ["ru", "fa", "zh-CN", "ko"];

impl Generated {
    /// Where it is.
    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    /// A book of copies of chapter 2.3, every chapter in every edition: the English one first, then the others in turn.
    pub(crate) fn book(root: &Path, chapters: usize, editions: usize) -> Self {
        let generated = Self::new(root);
        for edition in 0..editions {
            let (tag, model) = match edition {
                0 => ("en".to_owned(), "en"),
                edition => (private_tag(edition), MODELS[edition % MODELS.len()]),
            };
            let mut text = read(&root.join("src").join(model).join(MODEL));
            for neighbour in ["01_the_cast", "02_future", "04_executor", "05_block_on"] {
                text = text.replace(&format!("({neighbour}.md)"), "(#wakeups)");
            }
            let heading = text.lines().next().unwrap_or_default();
            let title = heading.trim_start_matches("# ").replace(" {#wakeups}", "");
            let names = (0..chapters).map(|chapter| format!("02_part/{chapter:03}_wakeups.md"));
            let chapters = names.map(|name| (name, text.clone()));
            generated.edition(root, &tag, model, &title, chapters);
        }
        generated.comments();
        generated.bless();
        generated
    }

    /// Takes every translation for fresh.
    fn bless(&self) {
        let project = Project::load(self.folder()).expect("a book that can be read");
        let desk = Desk::new(&project);
        for edition in &project.editions[1..] {
            let mut lock = Lock::default();
            for (path, source) in &edition.chapters {
                let translated = Translated::new(source);
                let pair = desk
                    .pair(path, &translated)
                    .expect("it has an English chapter");
                let (record, _) =
                    bless(pair, &Record::default(), false).expect("the structure is the same");
                lock.chapters.insert(path.clone(), record);
            }
            lock.write(&project, edition)
                .expect("a folder that can be written");
        }
    }

    /// Translates the comments in the code, into something as long as most of them.
    fn comments(&self) {
        let project = Project::load(self.folder()).expect("a book that can be read");
        for edition in &project.editions[1..] {
            add_missing(&project, &edition.tag).expect("a folder that can be written");
            let path = self.folder().join(edition.folder()).join("comments.toml");
            let translated = format!("= \"{}\"\n", "A comment, translated. ".repeat(5));
            write(&path, &read(&path).replace("= \"\"\n", &translated));
        }
    }

    /// An English book of so many Rust blocks, each with the context of its whole file, in chapters of 12, as the real
    /// ones have on average.
    pub(crate) fn blocks(root: &Path, blocks: usize) -> Self {
        let generated = Self::new(root);
        let to = generated.folder();
        let numbers: Vec<usize> = (0..blocks).collect();
        let chapters = numbers.chunks(12).enumerate().map(|(chapter, blocks)| {
            let mut text = String::from("# Blocks {#blocks}\n\n");
            for block in blocks {
                let source = format!("examples/02_03_timer/src/block_{block:03}.rs");
                let _ = write!(
                    text,
                    "```rust\n{{{{#include ../../../{source}:shown}}}}\n```\n\n"
                );
                write(&to.join(source), &block_source(*block));
            }
            (format!("02_part/{chapter:03}_blocks.md"), text)
        });
        generated.edition(root, "en", "en", "Blocks", chapters);
        generated
    }

    /// A book without chapters, with one example. `cargo book` works in it, and is the repository's own tool.
    fn new(root: &Path) -> Self {
        let generated = Self(
            tempfile::Builder::new()
                .prefix("book-bench-")
                .tempdir()
                .expect("a temporary folder"),
        );
        let to = generated.folder();
        for part in ["book.toml", "theme", "examples/02_03_timer"] {
            copy(&root.join(part), &to.join(part));
        }
        let manifest = root.join("Cargo.toml");
        let alias = format!(
            "[alias]\nbook = [\"run\", \"--manifest-path\", {manifest:?}, \"--package\", \"book\", \"--\"]\n"
        );
        write(&to.join(".cargo/config.toml"), &alias);
        generated
    }

    /// Writes an edition: its chapters, each a name and a text, all under one title.
    fn edition(
        &self,
        root: &Path,
        tag: &str,
        model: &str,
        title: &str,
        chapters: impl Iterator<Item = (String, String)>,
    ) {
        let folder = self.folder().join("src").join(tag);
        for name in ["language.toml", "glossary.toml"] {
            copy(&root.join("src").join(model).join(name), &folder.join(name));
        }
        let mut summary = String::from("# Summary\n\n# Part\n\n");
        for (name, text) in chapters {
            let _ = writeln!(summary, "- [{title}]({name})");
            write(&folder.join(name), &text);
        }
        write(&folder.join("SUMMARY.md"), &summary);
    }
}

/// A small file of its own for each block: a few lines shown, more around them, all of it run.
fn block_source(number: usize) -> String {
    format!(
        r"//! Block {number}.

use std::collections::VecDeque;

/// A queue that counts.
struct Queue {{
    items: VecDeque<usize>,
    pushed: usize,
}}

// ANCHOR: shown
impl Queue {{
    fn push(&mut self, item: usize) {{
        self.items.push_back(item + {number});
        self.pushed += 1;
    }}

    fn pop(&mut self) -> Option<usize> {{
        self.items.pop_front()
    }}
}}
// ANCHOR_END: shown

fn main() {{
    let mut queue = Queue {{ items: VecDeque::new(), pushed: 0 }};
    for item in 0..10 {{
        queue.push(item);
    }}
    assert_eq!(queue.pop(), Some({number}));
    assert_eq!(queue.pushed, 10);
}}
"
    )
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        for entry in fs::read_dir(from).expect("a folder").filter_map(Result::ok) {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else if from.is_file() {
        fs::create_dir_all(to.parent().expect("a file is in a folder"))
            .expect("a folder can be made");
        fs::copy(from, to).expect("a file can be copied");
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file is in a folder"))
        .expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// A language's tag that the standard leaves for private use: `qaa` to `qtz`.
fn private_tag(number: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).expect("less than 26"));
    format!("q{}{}", letter(number / 26), letter(number))
}
