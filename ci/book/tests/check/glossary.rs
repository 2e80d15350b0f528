use snapbox::str;

use crate::project::{self, Book, RU as CHAPTER};

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
    Book::new()
        .replace(RU, "[future]", "task = \"задача\"\n[future]")
        .replace(
            RU,
            "\n[task]\nterm = \"задача\"\nforbidden = [\"таск\", \"тред\"]\n",
            "",
        )
        .finds(str![[r#"
error[missing-term]: this glossary has no entry `task`
--> src/ru/glossary.toml
 |
help: write `[task]`, and below it `term = "…"`: see src/en/glossary.toml:5

error[bad-glossary]: `task` is not an entry
 --> src/ru/glossary.toml:1:1
  |
1 | task = "задача"
  | ^^^^ a single value
  |
help: write a table: `[future]`, and below it `term = "future"`

2 errors

"#]]);
}

#[test]
fn a_term_is_one_string() {
    Book::new()
        .replace(RU, "term = \"задача\"", "term = [\"задача\"]")
        .finds(str![[r#"
error[bad-glossary]: `term` of the entry `task` is not text
 --> src/ru/glossary.toml:5:8
  |
5 | term = ["задача"]
  |        ^^^^^^^^^^
  |
help: write a string


"#]]);
}

#[test]
fn what_an_entry_says_is_text() {
    Book::new().replace(RU, "\"тред\"", "7").finds(str![[r#"
error[bad-glossary]: `forbidden` of the entry `task` is not a list of texts
 --> src/ru/glossary.toml:6:13
  |
6 | forbidden = ["таск", 7]
  |             ^^^^^^^^^^^
  |
help: write a list of strings, none of them empty


"#]]);
}

#[test]
fn an_entry_is_one_of_the_english_ones() {
    Book::new()
        .append(RU, "\n[executor]\nterm = \"исполнитель\"\n")
        .finds(str![[r#"
error[unknown-term]: the English glossary has no entry `executor`
 --> src/ru/glossary.toml:8:2
  |
8 | [executor]
  |  ^^^^^^^^ an entry that only one edition has
  |
help: an entry's key is the one of src/en/glossary.toml; the term of this language is its `term`


"#]]);
}

#[test]
fn a_translation_has_no_glossary_before_english_has_one() {
    Book::new().remove(EN).finds(str![[r#"
error[unknown-term]: the English glossary has no entry `future`
 --> src/ru/glossary.toml:1:2
  |
1 | [future]
  |  ^^^^^^ an entry that only one edition has
  |
help: an entry's key is the one of src/en/glossary.toml; the term of this language is its `term`

error[unknown-term]: the English glossary has no entry `task`
 --> src/ru/glossary.toml:4:2
  |
4 | [task]
  |  ^^^^ an entry that only one edition has
  |
help: an entry's key is the one of src/en/glossary.toml; the term of this language is its `term`

2 errors

"#]]);
}

#[test]
fn an_english_entry_has_a_definition() {
    Book::new()
        .replace(EN, "definition = \"a future that somebody polls\"\n", "")
        .finds(str![[r#"
error[bad-glossary]: the entry `task` has no definition
 --> src/en/glossary.toml:5:2
  |
5 | [task]
  |  ^^^^ what does it mean?
  |
help: add `definition = "…"`


"#]]);
}

#[test]
fn an_entry_has_known_fields_only() {
    Book::new()
        .replace(RU, "forbidden", "forbiden")
        .finds(str![[r#"
error[bad-glossary]: an entry has no `forbiden`
 --> src/ru/glossary.toml:6:1
  |
6 | forbiden = ["таск", "тред"]
  | ^^^^^^^^
  |
help: it has `term`, `definition`, `why`, and the lists `also` and `forbidden`


"#]]);
}

#[test]
fn a_list_has_no_empty_strings() {
    Book::new().replace(RU, "\"тред\"", "\" \"").finds(str![[r#"
error[bad-glossary]: `forbidden` of the entry `task` is not a list of texts
 --> src/ru/glossary.toml:6:13
  |
6 | forbidden = ["таск", " "]
  |             ^^^^^^^^^^^^^
  |
help: write a list of strings, none of them empty


"#]]);
}

#[test]
fn a_translation_has_all_entries() {
    Book::new()
        .replace(RU, "[future]\nterm = \"футура\"\n\n", "")
        .finds(str![[r#"
error[missing-term]: this glossary has no entry `future`
--> src/ru/glossary.toml
 |
help: write `[future]`, and below it `term = "…"`: see src/en/glossary.toml:1


"#]]);
}

#[test]
fn a_translation_has_a_table_of_other_words() {
    Book::new()
        .append(
            RU,
            "\n[words]\nthread = \"поток\"\n\"Now you can\" = \"Теперь вы можете\"\n",
        )
        .passes();
    Book::new()
        .append(RU, "\n[words]\nthread = [\"поток\"]\n")
        .finds(str![[r#"
error[bad-glossary]: the rendering of `thread` is not text
 --> src/ru/glossary.toml:9:10
  |
9 | thread = ["поток"]
  |          ^^^^^^^^^
  |
help: write a string: `thread = "…"`


"#]]);
    Book::new()
        .append(EN, "\n[words]\nthread = \"thread\"\n")
        .finds(str![[r#"
error[bad-glossary]: `words` is no entry of the English glossary
 --> src/en/glossary.toml:9:2
  |
9 | [words]
  |  ^^^^^ the renderings of other words, in a translation
  |
help: give the entry another key


"#]]);
}

#[test]
fn an_entry_may_say_more() {
    Book::new()
        .append(
            RU,
            "definition = \"то, что опрашивают\"\nalso = [\"задачка\"]\nwhy = \"so\"\n",
        )
        .passes();
}

#[test]
fn a_forbidden_rendering_stands_in_prose() {
    Book::new()
        .append(CHAPTER, "\nТаск\nи «**тре**д».\n")
        .append("src/ru/introduction.md", "\n> | таск |\n> |---|\n")
        .append("src/en/introduction.md", "\n> | task |\n> |---|\n")
        .append(RU, "why = \"«Тред» is a thread.\"\n")
        .finds(str![[r#"
error[forbidden-term]: `таск` is not what this edition calls `task`
  --> src/ru/01_start/01_one.md:31:1
   |
31 | Таск
   | ^^^^ forbidden by ru/glossary.toml
   |
help: write `задача`. «Тред» is a thread.

error[forbidden-term]: `тред` is not what this edition calls `task`
  --> src/ru/01_start/01_one.md:32:6
   |
32 | и «**тре**д».
   |      ^^^^^^ forbidden by ru/glossary.toml
   |
help: write `задача`. «Тред» is a thread.

error[forbidden-term]: `таск` is not what this edition calls `task`
 --> src/ru/introduction.md:5:5
  |
5 | > | таск |
  |     ^^^^ forbidden by ru/glossary.toml
  |
help: write `задача`. «Тред» is a thread.

3 errors

"#]]);
}

#[test]
fn a_forbidden_rendering_may_stand_where_nobody_reads_it_and_in_other_words() {
    Book::new()
        .append(project::EN, "\n`таск` <b title=\"a\">is</b> [here](https://x.y/таск) and <https://x.y/таск>.\n\n```text\nтаск\n```\n")
        .append(CHAPTER, "\nВытаскивать таски `таск` <b title=\"таск\">тут</b> [тут](https://x.y/таск), <https://x.y/таск>.\n\n```text\nтаск\n```\n\n<!-- таск -->\n")
        .passes();
}

#[test]
fn words_are_counted_as_the_language_says() {
    let book = |words: &str| {
        Book::new()
            .append(CHAPTER, "\nВытаскивать.\n\nТаски.\n")
            .append(
                "src/ru/language.toml",
                &format!("[typography]\nwords = \"{words}\"\n"),
            )
    };
    book("whole").passes();
    book("beginning").finds(str![[r#"
error[forbidden-term]: `таск` is not what this edition calls `task`
  --> src/ru/01_start/01_one.md:33:1
   |
33 | Таски.
   | ^^^^ forbidden by ru/glossary.toml
   |
help: write `задача`


"#]]);
    book("anywhere").finds(str![[r#"
error[forbidden-term]: `таск` is not what this edition calls `task`
  --> src/ru/01_start/01_one.md:31:3
   |
31 | Вытаскивать.
   |   ^^^^ forbidden by ru/glossary.toml
   |
help: write `задача`

error[forbidden-term]: `таск` is not what this edition calls `task`
  --> src/ru/01_start/01_one.md:33:1
   |
33 | Таски.
   | ^^^^ forbidden by ru/glossary.toml
   |
help: write `задача`

2 errors

"#]]);
}

#[test]
fn english_may_forbid_words_too() {
    Book::new()
        .append(EN, "forbidden = [\"job\"]\n")
        .append("src/en/01_start/02_two.md", "\nA Job, not a jobber.\n")
        .finds(str![[r#"
error[forbidden-term]: `job` is not what this edition calls `task`
 --> src/en/01_start/02_two.md:5:3
  |
5 | A Job, not a jobber.
  |   ^^^ forbidden by en/glossary.toml
  |
help: write `task`


"#]]);
}

#[test]
fn a_glossary_is_toml() {
    Book::new()
        .append(RU, "\n[future\nterm = \"футура\"\n")
        .finds(str![[r#"
error[bad-toml]: unclosed table, expected `]`
 --> src/ru/glossary.toml:8:8
  |
8 | [future
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
   --> src/ru/language.toml:125:9
    |
125 | [credits
    |         ^


"#]]);
}

#[test]
fn a_language_has_known_keys_only() {
    Book::new()
        .append("src/ru/language.toml", "redd = \"Читать\"\n")
        .finds(str![[r#"
error[bad-toml]: unknown field `redd`, expected one of `contents`, `cover`, `accessibility`
   --> src/ru/language.toml:125:1
    |
125 | redd = "Читать"
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
