use snapbox::str;

use crate::project::{Book, EN, LIB};

const RU: &str = "src/ru/comments.toml";

/// The book, with two comments in the code that the chapter shows.
fn book() -> Book {
    Book::new().with_comments().replace(
        LIB,
        "pub fn second() {}",
        "/// The second\n/// function.\npub fn second() {} // nothing\n",
    )
}

#[test]
fn each_comment_has_an_entry() {
    let entries = "\"The second function.\" = \"Вторая функция.\"\n\"nothing\" = \"nothing\"\n";
    book().write(RU, entries).passes();
}

#[test]
fn a_comment_without_an_entry_is_told_where_the_chapter_shows_it() {
    book().finds(str![[r#"
error[comment-untranslated]: this code shows a comment in English: `The second function.`
  --> src/ru/01_start/01_one.md:13:1
   |
13 | {{#include ../../../examples/01_01_demo/src/lib.rs:second}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ stands in examples/01_01_demo/src/lib.rs:6
   |
help: `cargo book comments ru` makes room for it; or add to src/ru/comments.toml: "The second function." = "…"

error[comment-untranslated]: this code shows a comment in English: `nothing`
  --> src/ru/01_start/01_one.md:13:1
   |
13 | {{#include ../../../examples/01_01_demo/src/lib.rs:second}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ stands in examples/01_01_demo/src/lib.rs:8
   |
help: `cargo book comments ru` makes room for it; or add to src/ru/comments.toml: "nothing" = "…"

2 errors

"#]]);
}

#[test]
fn an_entry_that_is_not_translated_is_told_where_it_stands() {
    let entries = "\"The second function.\" = \"Вторая функция.\"\n\"nothing\" = \" \"\n";
    book().write(RU, entries).finds(str![[r#"
error[comment-untranslated]: this comment is not translated yet
 --> src/ru/comments.toml:2:13
  |
2 | "nothing" = " "
  |             ^^^ nothing
  |
help: write the translation between the quotes


"#]]);
}

#[test]
fn an_entry_for_a_comment_that_is_gone() {
    let entries = "\"The second function.\" = \"Вторая функция.\"\n\"nothing\" = \"ничего\"\n\"The first.\" = \"Первая.\"\n";
    book().write(RU, entries).finds(str![[r#"
error[comment-gone]: no chapter of this edition shows this comment
 --> src/ru/comments.toml:3:1
  |
3 | "The first." = "Первая."
  | ^^^^^^^^^^^^ not in the code
  |
help: if the English comment was changed, change it here, too, and its translation; otherwise remove the entry


"#]]);
}

#[test]
fn comments_of_chapters_that_are_not_translated_need_no_entry() {
    book()
        .replace("src/ru/SUMMARY.md", "- [Один](01_start/01_one.md)\n", "")
        .remove("src/ru/01_start/01_one.md")
        .write("src/ru/translation.lock", "[\"introduction.md\"]\n")
        .passes();
}

#[test]
fn comments_that_no_chapter_shows_or_without_a_letter_need_no_entry() {
    Book::new()
        .with_comments()
        .append(LIB, "\n// Hidden.\npub fn third() {}\n")
        .passes();
    Book::new()
        .with_comments()
        .replace(
            LIB,
            "// ANCHOR: second\n",
            "// ----\n// ANCHOR: second\n// ---- 1 ----\n",
        )
        .passes();
}

#[test]
fn code_that_does_not_compile_has_comments_too() {
    Book::new().with_comments()
        .replace(
            "examples/01_01_demo/compile_fail/moved.rs",
            "    [text, text]",
            "    // Moved.\n    [text, text]",
        )
        .replace(
            "examples/01_01_demo/compile_fail/moved.stderr",
            ":3:12",
            ":4:12",
        )
        .finds(str![[r#"
error[comment-untranslated]: this code shows a comment in English: `Moved.`
  --> src/ru/01_start/01_one.md:26:1
   |
26 | {{#include ../../../examples/01_01_demo/compile_fail/moved.rs:moved}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ stands in examples/01_01_demo/compile_fail/moved.rs:3
   |
help: `cargo book comments ru` makes room for it; or add to src/ru/comments.toml: "Moved." = "…"


"#]]);
}

#[test]
fn a_translation_cannot_end_its_comment() {
    let entries = "\"The second function.\" = \"Вторая\\nфункция.\"\n\"nothing\" = \"ничего */\"\n";
    book().write(RU, entries).finds(str![[r#"
error[bad-comment]: U+000A cannot stand in a comment
 --> src/ru/comments.toml:1:26
  |
1 | "The second function." = "Вторая\nфункция."
  |                          ^^^^^^^^^^^^^^^^^^ ends a line, or is not seen
  |
help: write the translation as one line: the page breaks it where there is room, and sets right-to-left text off

error[bad-comment]: this translation could end its comment
 --> src/ru/comments.toml:2:13
  |
2 | "nothing" = "ничего */"
  |             ^^^^^^^^^^^ has `/*` or `*/`, which the English text has not
  |
help: what follows would be taken for code: write it in another way

2 errors

"#]]);
}

#[test]
fn a_translation_has_no_characters_that_turn_the_text_around() {
    let entries =
        "\"The second function.\" = \"Вторая\u{2067} функция.\"\n\"nothing\" = \"ничего\"\n";
    book().write(RU, entries).finds(str![[r#"
error[bad-comment]: U+2067 cannot stand in a comment
 --> src/ru/comments.toml:1:26
  |
1 | "The second function." = "Вторая� функция."
  |                          ^^^^^^^^^^^^^^^^^^ ends a line, or is not seen
  |
help: write the translation as one line: the page breaks it where there is room, and sets right-to-left text off


"#]]);
}

#[test]
fn an_entry_is_a_text() {
    let entries = "\"The second function.\" = \"Вторая функция.\"\n\"nothing\" = 0\n";
    book().write(RU, entries).finds(str![[r#"
error[bad-comment]: a comment and its translation are two texts
 --> src/ru/comments.toml:2:1
  |
2 | "nothing" = 0
  | ^^^^^^^^^
  |
help: write `"English text." = "translation"`, without tables


"#]]);
}

#[test]
fn a_dictionary_is_toml() {
    book().write(RU, "\"nothing\" =\n").finds(str![[r#"
error[bad-toml]: string values must be quoted, expected literal string
 --> src/ru/comments.toml:1:12
  |
1 | "nothing" =
  |            ^
  |
help: https://toml.io shows how TOML is written


"#]]);
}

#[test]
fn english_needs_no_dictionary() {
    assert!(book().read(EN).contains("lib.rs:second"));
    Book::new()
        .with_comments()
        .write("src/en/comments.toml", "\"x\" = \"\"")
        .passes();
}

#[test]
fn a_change_of_the_english_code_is_not_blocked() {
    let mut changed = book();
    changed.arguments = &[];
    changed.passes();
}
