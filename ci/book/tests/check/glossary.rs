use snapbox::str;

use crate::project::Book;

const EN: &str = "src/en/glossary.toml";
const RU: &str = "src/ru/glossary.toml";

#[test]
fn an_edition_needs_no_glossary() {
    Book::new().remove(RU).passes();
    Book::new().remove(RU).remove(EN).passes();
}

#[test]
fn an_entry_has_a_term() {
    Book::new()
        .replace(EN, "term = \"task\"\n", "")
        .finds(str![[r#"
error[bad-glossary]: the entry `task` has no term
 --> src/en/glossary.toml:5:2
  |
5 | [task]
  |  ^^^^ what is it called in this language?
  |
help: add `term = "…"`


"#]]);
}

#[test]
fn an_entry_is_a_table() {
    Book::new().write(RU, "task = \"задача\"\n").finds(str![[r#"
error[bad-glossary]: `task` is not an entry
 --> src/ru/glossary.toml:1:1
  |
1 | task = "задача"
  | ^^^^ a single value
  |
help: write a table: `[future]`, and below it `term = "future"`


"#]]);
}

#[test]
fn a_term_is_one_string() {
    Book::new()
        .replace(RU, "term = \"задача\"", "term = [\"задача\"]")
        .finds(str![[r#"
error[bad-glossary]: `term` of the entry `task` is not text
 --> src/ru/glossary.toml:2:8
  |
2 | term = ["задача"]
  |        ^^^^^^^^^^
  |
help: write a string; everything but `term` may also be a list of strings


"#]]);
}

#[test]
fn what_an_entry_says_is_text() {
    Book::new().replace(RU, "\"тред\"", "7").finds(str![[r#"
error[bad-glossary]: `forbidden` of the entry `task` is not text
 --> src/ru/glossary.toml:3:13
  |
3 | forbidden = ["таск", 7]
  |             ^^^^^^^^^^^
  |
help: write a string; everything but `term` may also be a list of strings


"#]]);
}

#[test]
fn an_entry_is_one_of_the_english_ones() {
    Book::new()
        .append(RU, "\n[executor]\nterm = \"исполнитель\"\n")
        .finds(str![[r#"
error[unknown-term]: the English glossary has no entry `executor`
 --> src/ru/glossary.toml:5:2
  |
5 | [executor]
  |  ^^^^^^^^ an entry that only one edition has
  |
help: an entry's key is the one of src/en/glossary.toml; the term of this language is its `term`


"#]]);
}

#[test]
fn a_translation_has_no_glossary_before_english_has_one() {
    Book::new().remove(EN).finds(str![[r#"
error[unknown-term]: the English glossary has no entry `task`
 --> src/ru/glossary.toml:1:2
  |
1 | [task]
  |  ^^^^ an entry that only one edition has
  |
help: an entry's key is the one of src/en/glossary.toml; the term of this language is its `term`


"#]]);
}

#[test]
fn a_glossary_is_toml() {
    Book::new()
        .append(RU, "\n[future\nterm = \"футура\"\n")
        .finds(str![[r#"
error[bad-toml]: unclosed table, expected `]`
 --> src/ru/glossary.toml:5:8
  |
5 | [future
  |        ^
  |
help: https://toml.io shows how TOML is written


"#]]);
}

#[test]
fn a_language_is_toml() {
    Book::new()
        .append("src/ru/language.toml", "[credits\n")
        .finds(str![[r#"
error[bad-toml]: unclosed table, expected `]`
  --> src/ru/language.toml:26:9
   |
26 | [credits
   |         ^


"#]]);
}

#[test]
fn a_language_has_known_keys_only() {
    Book::new()
        .append("src/ru/language.toml", "redd = \"Читать\"\n")
        .finds(str![[r#"
error[bad-toml]: unknown field `redd`, expected one of `title`, `about`, `help`, `edition`, `chapter`, `fresh`, `stale`, `missing`, `since`, `translators`, `reviewers`
  --> src/ru/language.toml:26:1
   |
26 | redd = "Читать"
   | ^^^^


"#]]);
}

#[test]
fn a_language_has_a_direction() {
    Book::new()
        .replace("src/ru/language.toml", "\"ltr\"", "\"left\"")
        .finds(str![[r#"
error[bad-toml]: unknown variant `left`, expected `ltr` or `rtl`
 --> src/ru/language.toml:2:13
  |
2 | direction = "left"
  |             ^^^^^^


"#]]);
}

#[test]
fn a_language_has_all_its_strings() {
    Book::new()
        .replace("src/ru/language.toml", "read = \"Read\"\n", "")
        .finds(str![[r#"
error[bad-toml]: missing field `read`
 --> src/ru/language.toml:6:1
  |
6 | [strings]
  | ^^^^^^^^^


"#]]);
}

#[test]
fn the_book_s_settings_are_toml() {
    Book::new().append("book.toml", "[output\n").finds(str![[r#"
error[bad-toml]: unclosed table, expected `]`
 --> book.toml:5:8
  |
5 | [output
  |        ^


"#]]);
}

#[test]
fn the_book_s_settings_are_mdbook_s() {
    Book::new()
        .append("book.toml", "[build]\ncreate-missing = \"no\"\n")
        .finds(str![[r#"
error[bad-toml]: invalid type: string "no", expected a boolean
 --> book.toml:6:18
  |
6 | create-missing = "no"
  |                  ^^^^


"#]]);
}
