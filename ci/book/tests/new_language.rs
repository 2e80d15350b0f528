//! `cargo book new-language`, as a translator uses it: an edition that can be read at once.

mod common;

use book::{
    project::Project as Loaded,
    strings::{Untranslated, untranslated_strings},
};
use common::{Project, stderr, stdout};
use snapbox::{assert_data_eq, str};

const GLOSSARY: &str = "# Terms.\n\n[waker]\nterm = \"waker\"\ndefinition = \"a handle\"\n\n[ready-queue]\nterm = \"ready queue\"\ndefinition = \"a list\"\n";

fn untranslated(project: &Project, tag: &str) -> Vec<String> {
    let project = Loaded::load(project.root()).unwrap();
    let edition = project.edition(tag).unwrap();
    let strings = untranslated_strings(&project, edition).unwrap();
    strings
        .into_iter()
        .map(|Untranslated { key, .. }| key)
        .collect()
}

/// The names of what is in a folder.
fn names(project: &Project, folder: &str) -> Vec<String> {
    let entries = project.path(folder).read_dir().unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_edition_says_what_is_still_english() {
    let project = Project::new();
    project.write("src/en/glossary.toml", GLOSSARY);
    let output = project.book(&["new-language", "ja", "--name", "日本語"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    assert_data_eq!(
        stdout(&output),
        str![[r#"
src/ja is made: every chapter is shown in English, under a notice.

Still English in src/ja/language.toml:
  title = "A Book"
  description = "About nothing."
  strings.languages = "Languages"
  strings.untranslated = "Not translated yet."
  strings.read = "Read in English"
  strings.not-found = "There is no such page."
  strings.near = "Perhaps you are looking for:"
  strings.stale = "The English text has changed since this was translated:"
  strings.new = "New in English, and not translated yet:"
  strings.gone = "No longer in the English text:"
  strings.unfold = "Show hidden lines"
  strings.admonitions.note = "Note"
  strings.admonitions.tip = "Tip"
  strings.admonitions.important = "Important"
  strings.admonitions.warning = "Warning"
  strings.admonitions.caution = "Caution"
  strings.state.title = "State of the translations"
  strings.state.about = "A passage is a paragraph, a heading, a list item, a row of a table or a block of code. It is fresh if it is translated from the English text of today, stale if the English text has changed since, and missing if it is not translated yet."
  strings.state.help = "To translate a chapter, or to bring one up to date, read {contributing}."
  strings.state.edition = "Edition"
  strings.state.chapter = "Chapter"
  strings.state.fresh = "fresh"
  strings.state.stale = "stale"
  strings.state.missing = "missing"
  strings.state.since = "stale since"
  strings.state.translators = "translated by"
  strings.state.reviewers = "read again by"
  strings.epub.contents = "Contents"
  strings.epub.cover = "Cover"
  strings.epub.accessibility = "The whole text can be enlarged, restyled and read aloud. Every chapter is structured by headings, and the table of contents leads to each one. Nothing is said by pictures alone."
  strings.recording.caption = "Recorded run of {program}, {steps} steps"
...
  strings.recording.cut-output = [..]
  strings.page.skip = "Skip to the text"
  strings.page.contents = "Contents"
  strings.page.search = "Search"
  strings.page.theme-auto = "Light or dark: as the system"
  strings.page.theme-light = "Light or dark: light"
  strings.page.theme-dark = "Light or dark: dark"
  strings.page.keys = "Keys"
  strings.page.print-book = "The whole book, to print"
  strings.page.source = "Source and examples"
  strings.page.turn = "Previous and next chapter"
  strings.page.previous = "Previous chapter"
  strings.page.next = "Next chapter"
  strings.page.theme = "Light or dark"
  strings.page.this-list = "This list"
  strings.page.close = "Close"
  strings.page.search-found = "Pages found: {count}"
  strings.page.search-none = "Nothing found for “{query}”."
  strings.page.search-failed = "The search could not be loaded."
  strings.page.search-for = "Search in this book"
  strings.page.copy = "Copy"
  strings.page.copied = "Copied"
  strings.page.run = "Run in the Rust playground"
  strings.page.running = "Running …"
  strings.page.silent = "The program printed nothing."
  strings.page.unreachable = "The Rust playground does not answer."
  strings.page.read = "read"

Then decide the terms in src/ja/glossary.toml, and translate a chapter. CONTRIBUTING.md shows how; `cargo book serve` shows the result.

"#]]
    );
    assert_eq!(
        names(&project, "src/ja"),
        ["SUMMARY.md", "glossary.toml", "language.toml"]
    );
    assert_eq!(project.read("src/ja/SUMMARY.md"), "# Summary\n");
    assert_data_eq!(
        project.read("src/ja/language.toml"),
        str![[r#"
name = "日本語"
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

[strings.recording]
...
cut-output = [..]

[strings.page]
skip = "Skip to the text"
contents = "Contents"
search = "Search"
theme-auto = "Light or dark: as the system"
theme-light = "Light or dark: light"
theme-dark = "Light or dark: dark"
keys = "Keys"
print-book = "The whole book, to print"
source = "Source and examples"
turn = "Previous and next chapter"
previous = "Previous chapter"
next = "Next chapter"
theme = "Light or dark"
this-list = "This list"
close = "Close"
search-found = "Pages found: {count}"
search-none = "Nothing found for “{query}”."
search-failed = "The search could not be loaded."
search-for = "Search in this book"
copy = "Copy"
copied = "Copied"
run = "Run in the Rust playground"
running = "Running …"
silent = "The program printed nothing."
unreachable = "The Rust playground does not answer."
read = "read"

"#]]
    );
    assert_data_eq!(
        project.read("src/ja/glossary.toml"),
        str![[r#"
# The terms of the book in this language. An empty `term` is still to be decided; the English one stands behind it.
# The keys are those of src/en/glossary.toml, where the definitions are. `also` lists other forms that may appear,
# `forbidden` renderings that must not, and `why` gives the reason where a term is contested.

[waker]
term = "" # waker

[ready-queue]
term = "" # ready queue

"#]]
    );
}

#[test]
fn a_new_edition_passes_the_check_and_can_be_built() {
    let project = Project::new();
    project.write("src/en/glossary.toml", GLOSSARY);
    assert!(
        project
            .book(&["new-language", "ar", "--title", "كتاب"])
            .status
            .success()
    );
    let output = project.book(&["build"]);
    assert_eq!(
        stderr(&output).lines().next_back(),
        Some(&*format!(
            "3 editions built: {}",
            project.path("book/index.html").display()
        ))
    );
    let page = project.read("book/ar/01_basics/01_one.html");
    assert!(
        page.contains("<html lang=\"ar\"") && page.contains("dir=\"rtl\""),
        "{page}"
    );
    assert!(
        page.contains("<p class=\"untranslated\" role=\"note\">Not translated yet. <a"),
        "{page}"
    );
    assert!(page.contains("كتاب"), "{page}");
}

#[test]
fn what_is_known_is_not_english_any_more() {
    let project = Project::new();
    project.book(&["new-language", "eo", "--title", "Libro"]);
    let first = [
        "name",
        "description",
        "strings.languages",
        "strings.untranslated",
        "strings.read",
        "strings.not-found",
    ];
    assert_eq!(untranslated(&project, "eo")[..6], first);
    project.edit(
        "src/eo/language.toml",
        "name = \"eo\"",
        "name = \"Esperanto\"",
    );
    project.edit("src/eo/language.toml", "Languages", "Lingvoj");
    project.edit("src/eo/language.toml", "Read in English", " ");
    assert_eq!(
        untranslated(&project, "eo")[..4],
        [
            "description",
            "strings.untranslated",
            "strings.read",
            "strings.not-found"
        ]
    );
    assert_eq!(untranslated(&project, "fa"), [""; 0]);
    assert_eq!(untranslated(&project, "en"), [""; 0]);
}

#[test]
fn a_direction_can_be_told() {
    let project = Project::new();
    project.book(&["new-language", "pa", "--direction", "rtl"]);
    assert!(
        project
            .read("src/pa/language.toml")
            .contains("direction = \"rtl\"")
    );
    let output = project.book(&["new-language", "ja", "--direction", "up"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("it is `ltr` or `rtl`"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn what_cannot_be_made_leaves_nothing_behind() {
    let project = Project::new();
    project.write("src/de/notes.txt", "Mine.");
    for (tag, said) in [
        ("fa", "error[edition-exists]: there is `src/fa` already"),
        ("de", "error[edition-exists]: there is `src/de` already"),
        ("en", "error[edition-exists]: there is `src/en` already"),
        (
            "zh_CN",
            "error[bad-tag]: `zh_CN` is not a language's BCP 47 tag",
        ),
        (
            "japanese",
            "error[bad-tag]: `japanese` is not a language's BCP 47 tag",
        ),
        (
            "../ja",
            "error[bad-tag]: `../ja` is not a language's BCP 47 tag",
        ),
    ] {
        let output = project.book(&["new-language", tag]);
        assert_eq!(output.status.code(), Some(1), "{tag}");
        assert_eq!(stderr(&output).lines().next(), Some(said));
        assert_eq!(stdout(&output), "");
    }
    project.write("src/en/glossary.toml", "[waker\n");
    let output = project.book(&["new-language", "ja"]);
    assert!(
        stderr(&output).contains("error[bad-toml]"),
        "{}",
        stderr(&output)
    );
    assert_eq!(names(&project, "src"), ["de", "en", "fa"]);
    assert_eq!(
        names(&project, "."),
        ["book.toml", "examples", "src", "theme"]
    );
}
