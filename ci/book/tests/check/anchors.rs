use snapbox::str;

use crate::project::{Book, EN, LIB, RU};

#[test]
fn an_anchor_that_no_chapter_shows_is_found() {
    Book::new()
        .append(
            LIB,
            "\n// ANCHOR: third\nfn third() {}\n// ANCHOR_END: third\n",
        )
        .finds(str![[r#"
error[unused-anchor]: no English chapter shows the anchor `third`
 --> examples/01_01_demo/src/lib.rs:9:12
  |
9 | // ANCHOR: third
  |            ^^^^^ included nowhere
  |
help: include it in a chapter, `{{#include …/lib.rs:third}}`, or remove its two marker lines


"#]]);
}

#[test]
fn an_anchor_that_only_a_translation_shows_is_found() {
    // The translation's additional block is a finding, too.
    Book::new()
        .append(
            LIB,
            "\n// ANCHOR: third\nfn third() {}\n// ANCHOR_END: third\n",
        )
        .append(
            RU,
            "\n```rust\n{{#include ../../../examples/01_01_demo/src/lib.rs:third}}\n```\n",
        )
        .finds(str![[r#"
error[extra-block]: the English chapter has no such block here
  --> src/ru/01_start/01_one.md:31:1
   |
31 | ```rust
   | ^^^^^^^ only in this edition
   |
help: remove it, or add it to the English chapter first

error[unused-anchor]: no English chapter shows the anchor `third`
 --> examples/01_01_demo/src/lib.rs:9:12
  |
9 | // ANCHOR: third
  |            ^^^^^ included nowhere
  |
help: include it in a chapter, `{{#include …/lib.rs:third}}`, or remove its two marker lines

2 errors

"#]]);
}

#[test]
fn a_file_that_is_shown_as_a_whole_does_not_show_its_anchors() {
    Book::new()
        .write(
            "examples/01_01_demo/table.txt",
            "# ANCHOR: all\none\n# ANCHOR_END: all\n",
        )
        .append_to_both("\n```text\n{{#include ../../../examples/01_01_demo/table.txt}}\n```\n")
        .finds(str![[r#"
error[unused-anchor]: no English chapter shows the anchor `all`
 --> examples/01_01_demo/table.txt:1:11
  |
1 | # ANCHOR: all
  |           ^^^ included nowhere
  |
help: include it in a chapter, `{{#include …/table.txt:all}}`, or remove its two marker lines


"#]]);
}

#[test]
fn an_anchor_in_any_kind_of_file_can_be_shown() {
    Book::new()
        .write(
            "examples/01_01_demo/settings.toml",
            "# ANCHOR: all\none = 1\n# ANCHOR_END: all\n",
        )
        .append_to_both(
            "\n```toml\n{{#include ../../../examples/01_01_demo/settings.toml:all}}\n```\n",
        )
        .passes();
}

#[test]
fn an_anchor_is_opened_once() {
    Book::new()
        .append(LIB, "\n// ANCHOR: first\nfn third() {}\n")
        .finds(str![[r#"
error[duplicate-anchor]: the anchor `first` is opened a second time
 --> examples/01_01_demo/src/lib.rs:9:12
  |
9 | // ANCHOR: first
  |            ^^^^^ this name is taken
  |
help: an anchor names one region of its file: give this one another name


"#]]);
}

#[test]
fn an_anchor_is_closed() {
    Book::new()
        .append(LIB, "\n// ANCHOR: third\nfn third() {}\n")
        .finds(str![[r#"
error[unclosed-anchor]: the anchor `third` is never closed
 --> examples/01_01_demo/src/lib.rs:9:12
  |
9 | // ANCHOR: third
  |            ^^^^^ opened here
  |
help: put `ANCHOR_END: third` below the region's last line


"#]]);
}

#[test]
fn an_anchor_is_opened_before_it_is_closed() {
    Book::new()
        .append(LIB, "\nfn third() {}\n// ANCHOR_END: third\n")
        .finds(str![[r#"
error[unopened-anchor]: the anchor `third` ends here, but is not open
  --> examples/01_01_demo/src/lib.rs:10:16
   |
10 | // ANCHOR_END: third
   |                ^^^^^ nothing to end
   |
help: put `ANCHOR: third` above it, or remove this line


"#]]);
}

#[test]
fn what_cargo_builds_and_what_is_no_text_is_left_alone() {
    Book::new()
        .write(
            "examples/01_01_demo/target/debug/x.rs",
            "// ANCHOR: third\n",
        )
        .write("examples/target/x.rs", "// ANCHOR: third\n")
        .write("examples/01_01_demo/picture.png", b"\x89PNG\0\xFF")
        .passes();
}

#[test]
fn an_example_that_is_not_utf8_is_found_once() {
    Book::new()
        .write("examples/01_01_demo/src/latin.rs", b"// caf\xE9\n")
        .append_to_both("\n```rust\n{{#include ../../../examples/01_01_demo/src/latin.rs}}\n```\n")
        .finds(str![[r#"
error[not-utf8]: the file is not UTF-8
 --> examples/01_01_demo/src/latin.rs:1:7
  |
1 | // caf�
  |       ^ the byte 0xE9 cannot stand here
  |
help: save the file as UTF-8


"#]]);
}

#[test]
fn an_example_that_is_not_utf8_is_found_without_being_shown() {
    Book::new()
        .write("examples/01_01_demo/src/latin.rs", b"// caf\xE9\n")
        .finds(str![[r#"
error[not-utf8]: the file is not UTF-8
 --> examples/01_01_demo/src/latin.rs:1:7
  |
1 | // caf�
  |       ^ the byte 0xE9 cannot stand here
  |
help: save the file as UTF-8


"#]]);
}

#[test]
fn a_book_without_examples_passes() {
    let chapter = "# One {#one}\n\n## Shared {#shared}\n";
    let book = Book::new()
        .write(EN, chapter)
        .write(RU, chapter.replace("One", "Один"));
    std::fs::remove_dir_all(book.path("examples")).unwrap();
    book.passes();
}
