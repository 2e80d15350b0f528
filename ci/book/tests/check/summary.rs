use snapbox::str;

use crate::project::{Book, EN};

const SUMMARY: &str = "src/en/SUMMARY.md";
const RU_SUMMARY: &str = "src/ru/SUMMARY.md";
const LOCK: &str = "src/ru/translation.lock";

#[test]
fn a_chapter_is_listed() {
    Book::new()
        .write("src/en/01_start/03_three.md", "# Three {#three}\n")
        .finds(str![[r#"
error[orphaned-chapter]: src/en/SUMMARY.md does not list this chapter
 --> src/en/01_start/03_three.md:1:1
  |
1 | # Three {#three}
  | ^^^^^^^^^^^^^^^^ no reader finds it
  |
help: add `- [Title](01_start/03_three.md)` to src/en/SUMMARY.md, or delete the file


"#]]);
}

#[test]
fn an_empty_chapter_is_listed() {
    let book = Book::new().write("src/en/01_start/03_three.md", "");
    let said = String::from_utf8(book.check().output().unwrap().stderr).unwrap();
    assert!(said.starts_with("error[missing-title]"), "{said}");
    assert!(said.contains("error[orphaned-chapter]"), "{said}");
}

#[test]
fn a_translated_chapter_is_listed() {
    Book::new()
        .write(
            "src/ru/01_start/02_two.md",
            "# Два {#two}\n\n![Картинка](picture.svg)\n",
        )
        .finds(str![[r#"
error[orphaned-chapter]: src/ru/SUMMARY.md does not list this chapter
 --> src/ru/01_start/02_two.md:1:1
  |
1 | # Два {#two}
  | ^^^^^^^^^^^^ no reader finds it
  |
help: add `- [Title](01_start/02_two.md)` to src/ru/SUMMARY.md, or delete the file


"#]]);
}

#[test]
fn the_page_for_addresses_that_do_not_exist_is_not_listed() {
    Book::new()
        .write("src/en/404.md", "# Not here {#not-here}\n")
        .write("src/ru/404.md", "# Тут нет {#not-here}\n")
        .passes();
}

#[test]
fn a_listed_chapter_has_a_file_and_links_to_it_are_not_to_blame() {
    Book::new()
        .append(SUMMARY, "- [Three](01_start/03_three.md)\n")
        .append(
            "src/en/01_start/02_two.md",
            "\nThen [three](03_three.md).\n",
        )
        .finds(str![[r#"
error[missing-chapter]: there is no file `src/en/01_start/03_three.md`
 --> src/en/SUMMARY.md:9:3
  |
9 | - [Three](01_start/03_three.md)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such file beside this SUMMARY.md
  |
help: write the chapter, or remove its line


"#]]);
}

#[test]
fn a_chapter_that_a_translation_lists_has_a_file() {
    Book::new()
        .append(RU_SUMMARY, "- [Два](01_start/02_two.md)\n")
        .finds(str![[r#"
error[missing-chapter]: there is no file `src/ru/01_start/02_two.md`
 --> src/ru/SUMMARY.md:8:3
  |
8 | - [Два](01_start/02_two.md)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^ no such file beside this SUMMARY.md
  |
help: translate the chapter, or remove its line: until then, the edition shows the English text


"#]]);
}

#[test]
fn a_chapter_is_listed_once() {
    Book::new()
        .append(RU_SUMMARY, "- [Один](01_start/./01_one.md)\n")
        .finds(str![[r#"
error[listed-twice]: `01_start/01_one.md` is listed twice
 --> src/ru/SUMMARY.md:8:3
  |
8 | - [Один](01_start/./01_one.md)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ listed already above
  |
help: remove one of the two lines


"#]]);
}

#[test]
fn a_translation_has_no_chapter_of_its_own() {
    Book::new()
        .append(RU_SUMMARY, "- [Свой](01_start/04_own.md)\n")
        .write("src/ru/01_start/04_own.md", "# Свой {#own}\n")
        .finds(str![[r#"
error[chapter-without-english]: the English edition does not list `01_start/04_own.md`
 --> src/ru/SUMMARY.md:8:3
  |
8 | - [Свой](01_start/04_own.md)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^ a chapter that only one edition has
  |
help: all editions have the same addresses: list it in src/en/SUMMARY.md first, or remove this line


"#]]);
}

#[test]
fn a_translation_of_a_chapter_that_english_has_no_more_is_found() {
    Book::new()
        .write("src/ru/01_start/04_own.md", "# Свой {#own}\n")
        .finds(str![[r#"
error[chapter-without-english]: the English edition has no `01_start/04_own.md`
 --> src/ru/01_start/04_own.md:1:1
  |
1 | # Свой {#own}
  | ^^^^^^^^^^^^^ a translation of nothing
  |
help: move it to where the English chapter is now, or delete it


"#]]);
}

#[test]
fn a_translation_has_the_english_order() {
    Book::new()
        .write(
            "src/ru/01_start/02_two.md",
            "# Два {#two}\n\n![Картинка](picture.svg)\n",
        )
        .replace(
            RU_SUMMARY,
            "- [Один]",
            "- [Два](01_start/02_two.md)\n- [Один]",
        )
        .append(LOCK, "[\"01_start/02_two.md\"]\n")
        .finds(str![[r#"
error[chapter-order]: this chapter is in another place than in the English edition
 --> src/ru/SUMMARY.md:8:3
  |
8 | - [Один](01_start/01_one.md)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^ the English SUMMARY.md has it before `01_start/02_two.md`
  |
help: move the line of `01_start/01_one.md` up, or that of `01_start/02_two.md` down


"#]]);
}

#[test]
fn a_translation_may_leave_chapters_out() {
    Book::new()
        .write(RU_SUMMARY, "# Содержание\n")
        .remove("src/ru/introduction.md")
        .remove("src/ru/01_start/01_one.md")
        .remove(LOCK)
        .passes();
    Book::new()
        .replace(
            RU_SUMMARY,
            "[Один](01_start/01_one.md)",
            "[Два](01_start/02_two.md)",
        )
        .write(LOCK, "[\"introduction.md\"]\n[\"01_start/02_two.md\"]\n")
        .write(
            "src/ru/01_start/02_two.md",
            "# Два {#two}\n\n![Картинка](picture.svg)\n",
        )
        .remove("src/ru/01_start/01_one.md")
        .passes();
}

#[test]
fn a_list_is_not_nested() {
    Book::new()
        .append(SUMMARY, "  - [Three](01_start/03_three.md)\n")
        .finds(str![[r#"
error[bad-summary]: a chapter with chapters below it
 --> src/en/SUMMARY.md:8:3
  |
8 | - [Two](01_start/02_two.md)
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^ a list is nested below this line
  |
help: the book's contents are flat: parts (`# Title`) and chapters with a file (`- [Title](file.md)`)


"#]]);
}

#[test]
fn a_line_names_a_file() {
    Book::new().append(SUMMARY, "- [Three]()\n").finds(str![[r#"
error[bad-summary]: a chapter without a file
 --> src/en/SUMMARY.md:9:3
  |
9 | - [Three]()
  |   ^^^^^^^^^ names no file
  |
help: the book's contents are flat: parts (`# Title`) and chapters with a file (`- [Title](file.md)`)


"#]]);
}

#[test]
fn a_line_is_a_link() {
    Book::new().append(SUMMARY, "- Three\n").finds(str![[r#"
error[bad-summary]: mdBook does not understand this: The link items for nested chapters must only contain a hyperlink
 --> src/en/SUMMARY.md:9:1
  |
9 | - Three
  | ^^^^^^^
  |
help: the book's contents are flat: parts (`# Title`) and chapters with a file (`- [Title](file.md)`)


"#]]);
}

#[test]
fn an_edition_has_a_summary() {
    Book::new().remove(RU_SUMMARY).finds(str![[r#"
error[missing-file]: there is no file `src/ru/SUMMARY.md`
--> src/ru/SUMMARY.md
 |
help: an edition has a SUMMARY.md and a language.toml


"#]]);
}

#[test]
fn the_english_edition_has_a_summary_and_a_language() {
    Book::new()
        .remove(SUMMARY)
        .remove("src/en/language.toml")
        .finds(str![[r#"
error[missing-file]: there is no file `src/en/SUMMARY.md`
--> src/en/SUMMARY.md
 |
help: an edition has a SUMMARY.md and a language.toml

error[missing-file]: there is no file `src/en/language.toml`
--> src/en/language.toml
 |
help: an edition has a SUMMARY.md and a language.toml

2 errors

"#]]);
}

#[test]
fn windows_lines_and_a_byte_order_mark_are_fine() {
    let book = Book::new();
    let text = book.read(SUMMARY).replace('\n', "\r\n");
    let chapter = book.read(EN);
    book.write(SUMMARY, format!("\u{FEFF}{text}"))
        .write(EN, format!("\u{FEFF}{chapter}"))
        .passes();
}
