//! A small book on disk: two editions, one part, one example crate. Every test gets its own, and breaks it as it likes.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use mdbook_driver::{MDBook, config::Config};
use tempfile::TempDir;

/// The tool.
pub(crate) const BOOK: &str = env!("CARGO_BIN_EXE_book");

/// A book in a temporary folder.
pub(crate) struct Project {
    folder: TempDir,
}

const FILES: [(&str, &str); 12] = [
    (
        "src/en/language.toml",
        r#"name = "English"
direction = "ltr"
title = "A Book"
description = "About nothing."

[strings]
languages = "Languages"
untranslated = "Not translated yet."
read = "Read in English"
not-found = "There is no such page."
near = "Perhaps you are looking for:"
stale = "The English text has changed since this was translated:"
new = "New in English, and not translated yet:"
gone = "No longer in the English text:"
unfold = "Show hidden lines"

[strings.admonitions]
note = "Note"
tip = "Tip"
important = "Important"
warning = "Warning"
caution = "Caution"

[strings.state]
title = "State of the translations"
about = "A passage is a paragraph, a heading, a list item, a row of a table or a block of code. It is fresh if it is translated from the English text of today, stale if the English text has changed since, and missing if it is not translated yet."
help = "To translate a chapter, or to bring one up to date, read {contributing}."
edition = "Edition"
chapter = "Chapter"
fresh = "fresh"
stale = "stale"
missing = "missing"
since = "stale since"
translators = "translated by"
reviewers = "read again by"

[strings.epub]
contents = "Contents"
cover = "Cover"
accessibility = "The whole text can be enlarged, restyled and read aloud. Every chapter is structured by headings, and the table of contents leads to each one. Nothing is said by pictures alone."
"#,
    ),
    (
        "src/fa/language.toml",
        r#"name = "فارسی"
direction = "rtl"
title = "کتاب"
description = "دربارهٔ هیچ."

[strings]
languages = "زبان‌ها"
untranslated = "هنوز ترجمه نشده است."
read = "خواندن به فارسی"
not-found = "چنین صفحه‌ای وجود ندارد."
near = "شاید دنبال این می‌گردید:"
stale = "متن انگلیسی پس از ترجمهٔ این بخش تغییر کرده است:"
new = "در متن انگلیسی تازه است و هنوز ترجمه نشده:"
gone = "دیگر در متن انگلیسی نیست:"
unfold = "نمایش خط‌های پنهان"

[strings.admonitions]
note = "نکته"
tip = "راهنمایی"
important = "مهم"
warning = "هشدار"
caution = "احتیاط"

[strings.state]
title = "وضعیت ترجمه"
about = "هر پاره یک بند، یک عنوان، یک مورد از فهرست، یک سطر جدول یا یک قطعه کد است. اگر از متن امروز انگلیسی ترجمه شده باشد به‌روز است، اگر متن انگلیسی پس از آن تغییر کرده باشد کهنه است، و اگر هنوز ترجمه نشده باشد مانده است."
help = "برای ترجمهٔ یک فصل یا به‌روز کردن آن، {contributing} را بخوانید."
edition = "ویراست"
chapter = "فصل"
fresh = "به‌روز"
stale = "کهنه"
missing = "مانده"
since = "کهنه از"
translators = "ترجمه از"
reviewers = "بازخوانی از"

[strings.epub]
contents = "فهرست"
cover = "جلد"
accessibility = "همهٔ متن را می‌توان بزرگ‌تر کرد، با ظاهری دیگر نشان داد یا با صدای بلند شنید. هر فصل عنوان‌بندی شده است و فهرست به همهٔ فصل‌ها راه دارد. هیچ نکته‌ای تنها در تصویر نیامده است."
"#,
    ),
    (
        "src/en/SUMMARY.md",
        "# Summary\n\n[Introduction](introduction.md)\n\n# Basics\n\n- [One](01_basics/01_one.md)\n- [Two](01_basics/02_two.md)\n",
    ),
    (
        "src/fa/SUMMARY.md",
        "# فهرست\n\n# پایه\n\n- [یک](01_basics/01_one.md)\n",
    ),
    (
        "src/en/introduction.md",
        "# Introduction {#introduction}\n\nRead [One](01_basics/01_one.md) first.\n",
    ),
    (
        "src/en/01_basics/01_one.md",
        "# One {#one}\n\nA function:\n\n```rust\n{{#include ../../../examples/01_01_one/src/lib.rs:double}}\n```\n\nWhat it gives:\n\n```console\n$ cargo run -p one\n{{#include ../../../examples/01_01_one/output.txt}}\n```\n\n## More {#more}\n\nSee [Two](02_two.md#two).\n",
    ),
    (
        "src/fa/01_basics/01_one.md",
        "# یک {#one}\n\nیک تابع:\n\n```rust\n{{#include ../../../examples/01_01_one/src/lib.rs:double}}\n```\n\nنتیجهٔ آن:\n\n```console\n$ cargo run -p one\n{{#include ../../../examples/01_01_one/output.txt}}\n```\n\n## بیشتر {#more}\n\n[دو](02_two.md#two) را ببینید.\n",
    ),
    (
        "src/fa/translation.lock",
        "[\"01_basics/01_one.md\"]\ntranslators = [\"Shirin\"]\npassages = []\n",
    ),
    (
        "src/en/01_basics/02_two.md",
        "# Two {#two}\n\nNothing more.\n",
    ),
    (
        "examples/01_01_one/Cargo.toml",
        "[package]\nname = \"one\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n",
    ),
    (
        "examples/01_01_one/src/lib.rs",
        "//! Doubles numbers.\n\nuse std::ops::Mul;\n\n// ANCHOR: double\npub fn double(x: i32) -> i32 {\n    x.mul(TWO)\n}\n// ANCHOR_END: double\n\nconst TWO: i32 = 2;\n",
    ),
    ("examples/01_01_one/output.txt", "42\n"),
];

impl Project {
    /// A book without a mistake.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let project = Self { folder };
        for (path, text) in FILES {
            project.write(path, text);
        }
        project.add_words_of_recordings();
        // As the real book.toml, but with the program under test instead of `cargo book`.
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for entry in fs::read_dir(repository.join("theme")).unwrap() {
            let file = entry.unwrap().path();
            if file.is_file() {
                let name = file.file_name().unwrap().to_str().unwrap();
                project.write(&format!("theme/{name}"), fs::read(&file).unwrap());
            }
        }
        let real = fs::read_to_string(repository.join("book.toml")).unwrap();
        let command = "cargo book preprocess";
        assert!(real.contains(command));
        project.write(
            "book.toml",
            real.replace(command, &format!("{BOOK} preprocess")),
        );
        project
    }

    /// The words of recorded runs are the real ones: they are many, and each must have its placeholders.
    fn add_words_of_recordings(&self) {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for tag in ["en", "fa"] {
            let path = format!("src/{tag}/language.toml");
            let real = fs::read_to_string(repository.join(&path)).unwrap();
            let (_, table) = real.split_once("[strings.recording]\n").unwrap();
            let (table, _) = table.split_once("\n\n").unwrap();
            let text = self.read(&path);
            self.write(&path, format!("{text}\n[strings.recording]\n{table}\n"));
        }
    }

    /// The project's root.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the project.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// A file's text.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces a piece of a file, which must be there.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no `{from}`");
        self.write(path, text.replace(from, to));
    }

    /// `book ARGUMENTS`, run in the project.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BOOK);
        command.args(arguments).current_dir(self.root());
        command
    }

    /// Runs `book ARGUMENTS` to its end.
    pub(crate) fn book(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Builds one edition as `mdbook build` does, and gives one of its pages.
    pub(crate) fn stock(&self, tag: &str, page: &str) -> String {
        let mut config: Config = self.read("book.toml").parse().unwrap();
        config.book.src = format!("src/{tag}").into();
        config.build.build_dir = format!("stock/{tag}").into();
        MDBook::load_with_config(self.root(), config)
            .unwrap()
            .build()
            .unwrap();
        self.read(&format!("stock/{tag}/{page}.html"))
    }
}

/// What a program wrote to standard error.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What a program wrote to standard output.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Every file below a folder, with its content.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            all.extend(
                files(&path)
                    .into_iter()
                    .map(|(file, bytes)| (format!("{name}/{file}"), bytes)),
            );
        } else {
            all.insert(
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read(&path).unwrap(),
            );
        }
    }
    all
}
