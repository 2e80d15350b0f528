//! A small book on disk: two editions, one part, one example crate. Every test gets its own, and breaks it as it likes.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// The tool.
pub(crate) const BOOK: &str = env!("CARGO_BIN_EXE_book");

/// A book in a temporary folder.
pub(crate) struct Project {
    folder: TempDir,
}

const FILES: [(&str, &str); 11] = [
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
        "src/en/01_basics/02_two.md",
        "# Two {#two}\n\nNothing more.\n",
    ),
    (
        "examples/01_01_one/Cargo.toml",
        "[package]\nname = \"one\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n",
    ),
    (
        "examples/01_01_one/src/lib.rs",
        "//! Doubles numbers.\n\nuse std::ops::Mul;\n\n// ANCHOR: double\n/// Twice `x`.\npub fn double(x: i32) -> i32 {\n    x.mul(TWO)\n}\n// ANCHOR_END: double\n\nconst TWO: i32 = 2;\n",
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
        // As the real book.toml, but with the program under test instead of `cargo book`.
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let style = "theme/book.css";
        project.write(style, fs::read(repository.join(style)).unwrap());
        let real = fs::read_to_string(repository.join("book.toml")).unwrap();
        let command = "cargo book preprocess";
        assert!(real.contains(command));
        project.write(
            "book.toml",
            real.replace(command, &format!("{BOOK} preprocess")),
        );
        project
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
}

/// What a program wrote to standard error.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What a program wrote to standard output.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}
