use snapbox::str;

use crate::project::{Book, EN, RU};

const FIRST: &str = "```rust\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n```\n";

#[test]
fn a_heading_is_missing() {
    Book::new()
        .replace(RU, "## Общее {#shared}\n\n", "")
        .replace("src/ru/introduction.md", "#shared", "")
        .replace("src/en/introduction.md", "#shared", "")
        .finds(str![[r#"
error[missing-heading]: the heading `## Shared {#shared}` is missing
  --> src/ru/01_start/01_one.md:21:1
   |
21 | ## Отказ {#refused}
   | ^^^^^^^^^^^^^^^^^^^ before this one
   |
help: translate this section, too: see src/en/01_start/01_one.md:7


"#]]);
}

#[test]
fn a_heading_is_missing_at_the_end() {
    Book::new()
        .append(EN, "\n## Last words {#last}\n")
        .finds(str![[r#"
error[missing-heading]: the heading `## Last words {#last}` is missing
  --> src/ru/01_start/01_one.md:29:65
   |
29 | В [следующей главе](02_two.md) есть <a id="picture">картинка</a>.
   |                                                                 ^ the chapter ends without it
   |
help: translate this section, too: see src/en/01_start/01_one.md:33


"#]]);
}

#[test]
fn a_heading_is_too_much() {
    Book::new()
        .append(RU, "\n## От переводчика {#translator}\n")
        .finds(str![[r#"
error[extra-heading]: the English chapter has no such heading
  --> src/ru/01_start/01_one.md:31:1
   |
31 | ## От переводчика {#translator}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ only in this edition
   |
help: remove the heading, or add it to the English chapter first


"#]]);
}

#[test]
fn a_heading_has_another_id() {
    Book::new()
        .replace(RU, "{#refused}", "{#otkaz}")
        .finds(str![[r#"
error[heading-id]: this heading has another id than the English one
  --> src/ru/01_start/01_one.md:23:1
   |
23 | ## Отказ {#otkaz}
   | ^^^^^^^^^^^^^^^^^ the English heading is `## Refused {#refused}`
   |
help: ids are not translated, because links lead to them: see src/en/01_start/01_one.md:25


"#]]);
}

#[test]
fn a_heading_has_another_level() {
    Book::new()
        .replace(RU, "## Отказ", "### Отказ")
        .finds(str![[r#"
error[heading-level]: this heading has another level than the English one
  --> src/ru/01_start/01_one.md:23:1
   |
23 | ### Отказ {#refused}
   | ^^^^^^^^^^^^^^^^^^^^ level 3
   |
help: the English heading has level 2: see src/en/01_start/01_one.md:25


"#]]);
}

#[test]
fn the_headings_have_another_order() {
    Book::new()
        .append(EN, "\n## Third {#third}\n\n## Fourth {#fourth}\n")
        .append(RU, "\n## Четвёртое {#fourth}\n\n## Третье {#third}\n")
        .finds(str![[r#"
error[heading-order]: the sections have another order than the English ones
  --> src/ru/01_start/01_one.md:31:1
   |
31 | ## Четвёртое {#fourth}
   | ^^^^^^^^^^^^^^^^^^^^^^ the English chapter has `## Third {#third}` here
   |
help: move the sections into the English order: see src/en/01_start/01_one.md:33


"#]]);
}

#[test]
fn an_id_of_an_element_is_missing_or_too_much() {
    Book::new()
        .replace(RU, "<a id=\"picture\">", "<a id=\"kartinka\">")
        .finds(str![[r#"
error[extra-target]: the English chapter has no id `kartinka`
  --> src/ru/01_start/01_one.md:29:44
   |
29 | В [следующей главе](02_two.md) есть <a id="kartinka">картинка</a>.
   |                                            ^^^^^^^^ only in this edition
   |
help: remove the id, or add it to the English chapter first

error[missing-target]: the id `picture` is missing
  --> src/ru/01_start/01_one.md:29:66
   |
29 | В [следующей главе](02_two.md) есть <a id="kartinka">картинка</a>.
   |                                                                  ^ this section ends without it
   |
help: links lead to it: see src/en/01_start/01_one.md:31

2 errors

"#]]);
}

#[test]
fn a_block_is_missing_between_others() {
    Book::new().replace(RU, FIRST, "").finds(str![[r#"
error[missing-block]: the English chapter has a block that includes `examples/01_01_demo/src/lib.rs:first` here
 --> src/ru/01_start/01_one.md:9:1
  |
9 | ```rust,no_run
  | ^^^^^^^^^^^^^^ before this
  |
help: copy it unchanged: see src/en/01_start/01_one.md:9


"#]]);
}

#[test]
fn a_block_is_missing_at_the_end_of_its_section() {
    Book::new()
        .replace(RU, "```console\n$ cargo run -p demo\n{{#include ../../../examples/01_01_demo/output.txt}}\n```\n", "")
        .finds(str![[r#"
error[missing-block]: the English chapter has a `console` block that begins with `$ cargo run -p demo` here
  --> src/ru/01_start/01_one.md:16:21
   |
16 | Вот что она печатает:
   |                     ^ this section ends without it
   |
help: copy it unchanged: see src/en/01_start/01_one.md:20


"#]]);
}

#[test]
fn a_block_is_too_much() {
    Book::new()
        .replace(RU, FIRST, &FIRST.repeat(2))
        .finds(str![[r#"
error[extra-block]: the English chapter has no such block here
  --> src/ru/01_start/01_one.md:10:1
   |
10 | ```rust
   | ^^^^^^^ only in this edition
   |
help: remove it, or add it to the English chapter first


"#]]);
}

#[test]
fn a_block_is_too_much_at_the_end_of_its_section() {
    Book::new()
        .append(RU, "\n```text\nещё\n```\n")
        .finds(str![[r#"
error[extra-block]: the English chapter has no such block here
  --> src/ru/01_start/01_one.md:31:1
   |
31 | ```text
   | ^^^^^^^ only in this edition
   |
help: remove it, or add it to the English chapter first


"#]]);
}

#[test]
fn a_block_includes_something_else() {
    Book::new()
        .replace(RU, "lib.rs:first", "lib.rs:second")
        .finds(str![[r#"
error[other-block]: this code block has other lines than the English one
 --> src/ru/01_start/01_one.md:8:1
  |
8 | {{#include ../../../examples/01_01_demo/src/lib.rs:second}}
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the English chapter includes `examples/01_01_demo/src/lib.rs:first` here
  |
help: code is the same in all editions: see src/en/01_start/01_one.md:9


"#]]);
}

#[test]
fn a_block_has_other_marks() {
    Book::new()
        .replace(RU, "```rust,no_run", "```rust")
        .finds(str![[r#"
error[other-block]: this code block has other marks than the English one
  --> src/ru/01_start/01_one.md:12:4
   |
12 | ```rust
   |    ^^^^ the English block says `rust,no_run`
   |
help: code is the same in all editions: see src/en/01_start/01_one.md:14


"#]]);
}

#[test]
fn a_command_is_not_translated() {
    Book::new()
        .replace(RU, "$ cargo run -p demo\n", "$ cargo run -p демо\n")
        .finds(str![[r#"
error[other-block]: this code block has other lines than the English one
  --> src/ru/01_start/01_one.md:19:1
   |
19 | $ cargo run -p демо
   | ^^^^^^^^^^^^^^^^^^^ the English line is `$ cargo run -p demo`
   |
help: code is the same in all editions: see src/en/01_start/01_one.md:20


"#]]);
}

#[test]
fn a_line_of_a_block_is_missing_or_too_much() {
    Book::new()
        .append(
            EN,
            "\n```text\none\ntwo\n```\n\n## Third {#third}\n\n> ```text\n> one\n> ```\n",
        )
        .append(
            RU,
            "\n```text\none\n```\n\n## Третье {#third}\n\n> ```text\n> one\n>  два\n> ```\n",
        )
        .finds(str![[r#"
error[other-block]: this code block has other lines than the English one
  --> src/ru/01_start/01_one.md:33:1
   |
33 | ```
   | ^^^ the English block has the line `two` here
   |
help: code is the same in all editions: see src/en/01_start/01_one.md:33

error[other-block]: this code block has other lines than the English one
  --> src/ru/01_start/01_one.md:39:4
   |
39 | >  два
   |    ^^^ the English block ends before this line
   |
help: code is the same in all editions: see src/en/01_start/01_one.md:40

2 errors

"#]]);
}

#[test]
fn an_include_in_prose_is_missing() {
    Book::new()
        .append(
            EN,
            "\nIt says {{#include ../../../examples/01_01_demo/output.txt}}.\n",
        )
        .append(RU, "\nИ всё.\n")
        .finds(str![[r#"
error[missing-block]: the English chapter has an include of `examples/01_01_demo/output.txt` here
  --> src/ru/01_start/01_one.md:31:6
   |
31 | И всё.
   |      ^ this section ends without it
   |
help: copy it unchanged: see src/en/01_start/01_one.md:33


"#]]);
}

#[test]
fn a_block_stands_where_an_include_should() {
    Book::new()
        .append(
            EN,
            "\n{{#include ../../../examples/01_01_demo/output.txt}}\n",
        )
        .append(
            RU,
            "\n```text\n{{#include ../../../examples/01_01_demo/output.txt}}\n```\n",
        )
        .finds(str![[r#"
error[other-block]: this is another block than the English one
  --> src/ru/01_start/01_one.md:31:1
   |
31 | ```text
   | ^^^^^^^ the English chapter has an include of `examples/01_01_demo/output.txt` here
   |
help: code is the same in all editions: see src/en/01_start/01_one.md:33


"#]]);
}

#[test]
fn a_link_is_missing() {
    Book::new()
        .replace(RU, "[введение](../introduction.md)", "введение")
        .finds(str![[r#"
error[missing-link]: the English chapter links to `../introduction.md`
 --> src/ru/01_start/01_one.md:3:89
  |
3 | Сначала прочтите введение, а затем про [`Future`](https://doc.rust-lang.org/std/future/).
  |                                                                                         ^ this section ends without the link
  |
help: link to it somewhere in this chapter: see src/en/01_start/01_one.md:3


"#]]);
}

#[test]
fn a_link_is_too_much() {
    Book::new()
        .append(RU, "\nСм. [вторую главу](02_two.md).\n")
        .finds(str![[r#"
error[extra-link]: the English chapter does not link to `02_two.md`
  --> src/ru/01_start/01_one.md:31:20
   |
31 | См. [вторую главу](02_two.md).
   |                    ^^^^^^^^^ only in this edition
   |
help: remove the link, or add it to the English chapter first


"#]]);
}

#[test]
fn a_link_leads_elsewhere() {
    Book::new()
        .replace(
            RU,
            "https://doc.rust-lang.org/std/future/",
            "https://doc.rust-lang.ru/std/future/",
        )
        .finds(str![[r#"
error[other-link]: this link leads elsewhere than the English one
 --> src/ru/01_start/01_one.md:3:73
  |
3 | Сначала прочтите [введение](../introduction.md), а затем про [`Future`](https://doc.rust-lang.ru/std/future/).
  |                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the English link leads to `https://doc.rust-lang.org/std/future/`
  |
help: all editions link to the same places: see src/en/01_start/01_one.md:5


"#]]);
}

#[test]
fn a_link_is_missing_in_one_section_and_another_is_too_much_in_the_next() {
    Book::new()
        .replace(RU, "[введение](../introduction.md)", "введение")
        .append(RU, "\nСм. [вторую главу](02_two.md).\n")
        .finds(str![[r#"
error[missing-link]: the English chapter links to `../introduction.md`
 --> src/ru/01_start/01_one.md:3:89
  |
3 | Сначала прочтите введение, а затем про [`Future`](https://doc.rust-lang.org/std/future/).
  |                                                                                         ^ this section ends without the link
  |
help: link to it somewhere in this chapter: see src/en/01_start/01_one.md:3

error[extra-link]: the English chapter does not link to `02_two.md`
  --> src/ru/01_start/01_one.md:31:20
   |
31 | См. [вторую главу](02_two.md).
   |                    ^^^^^^^^^ only in this edition
   |
help: remove the link, or add it to the English chapter first

2 errors

"#]]);
}

const TABLE: &str = "\n| `a` | b |\n|---|---|\n| c | d |\n| e | f |\n";

#[test]
fn a_table_is_missing_or_too_much() {
    Book::new()
        .append(EN, TABLE)
        .append(RU, "\n`a`\n")
        .finds(str![[r#"
error[missing-table]: the English section has a table of 2 columns and 2 rows that this one lacks
  --> src/ru/01_start/01_one.md:31:3
   |
31 | `a`
   |   ^ this section ends without it
   |
help: translate it, too: see src/en/01_start/01_one.md:33


"#]]);
    Book::new()
        .append(EN, "\n`a`\n")
        .append(RU, TABLE)
        .finds(str![[r#"
error[extra-table]: the English section does not have a table of 2 columns and 2 rows
  --> src/ru/01_start/01_one.md:31:1
   |
31 | | `a` | b |
   | ^^^^^^^^^^^ only in this edition
   |
help: remove it, or add it to the English chapter first


"#]]);
}

#[test]
fn a_table_has_another_shape() {
    Book::new()
        .append(EN, TABLE)
        .append(RU, TABLE)
        .append(EN, "\n| g |\n|---|\n")
        .append(RU, "\n| g | h |\n|---|---|\n")
        .finds(str![[r#"
error[other-table]: the English chapter has a table of 1 column and 0 rows here
  --> src/ru/01_start/01_one.md:36:1
   |
36 | | g | h |
   | ^^^^^^^^^ this is a table of 2 columns and 0 rows
   |
help: the structure is the same in all editions: see src/en/01_start/01_one.md:38


"#]]);
    Book::new()
        .append(EN, TABLE)
        .append(RU, &TABLE.replace("| e | f |\n", ""))
        .finds(str![[r#"
error[other-table]: the English chapter has a table of 2 columns and 2 rows here
  --> src/ru/01_start/01_one.md:31:1
   |
31 | | `a` | b |
   | ^^^^^^^^^^^ this is a table of 2 columns and 1 row
   |
help: the structure is the same in all editions: see src/en/01_start/01_one.md:33


"#]]);
    Book::new().append_to_both(TABLE).passes();
}

#[test]
fn an_admonition_is_missing_or_too_much_or_of_another_kind() {
    Book::new()
        .append(EN, "\n> [!NOTE]\n> A.\n\n> [!TIP]\n> B.\n")
        .append(RU, "\n> [!NOTE]\n> А.\n\n> [!WARNING]\n> Б.\n")
        .finds(str![[r#"
error[other-admonition]: the English chapter has `[!TIP]` here
  --> src/ru/01_start/01_one.md:34:3
   |
34 | > [!WARNING]
   |   ^^^^^^^^^^ this is `[!WARNING]`
   |
help: the structure is the same in all editions: see src/en/01_start/01_one.md:36


"#]]);
    Book::new()
        .append(EN, "\n> [!NOTE]\n> A.\n\n> [!TIP]\n> B.\n")
        .append(RU, "\n> [!TIP]\n> Б.\n")
        .finds(str![[r#"
error[missing-admonition]: the English section has `[!NOTE]` that this one lacks
  --> src/ru/01_start/01_one.md:32:4
   |
32 | > Б.
   |    ^ this section ends without it
   |
help: translate it, too: see src/en/01_start/01_one.md:33


"#]]);
    Book::new().append(RU, "\n> [!TIP]\n> Б.\n").finds(str![[r#"
error[extra-admonition]: the English section does not have `[!TIP]`
  --> src/ru/01_start/01_one.md:31:3
   |
31 | > [!TIP]
   |   ^^^^^^ only in this edition
   |
help: remove it, or add it to the English chapter first


"#]]);
    Book::new()
        .append(EN, "\n> [!NOTE]\n> A.\n")
        .append(RU, "\n> [!NOTE]\n> А.\n")
        .passes();
}

#[test]
fn the_marker_of_an_admonition_is_not_translated() {
    Book::new()
        .append(EN, "\n> [!NOTE]\n> A.\n")
        .append(RU, "\n> [!ПРИМЕЧАНИЕ]\n> А.\n")
        .finds(str![[r#"
error[unknown-admonition]: there is no admonition of this kind
  --> src/ru/01_start/01_one.md:31:3
   |
31 | > [!ПРИМЕЧАНИЕ]
   |   ^^^^^^^^^^^^^ would be printed as it stands
   |
help: write NOTE, TIP, IMPORTANT, WARNING or CAUTION: the page shows the title in its language


"#]]);
}

#[test]
fn what_unfolds_is_missing_or_too_much() {
    let details = "\n<details>\n<summary>A</summary>\n\nB.\n\n</details>\n";
    Book::new().append(EN, details).finds(str![[r#"
error[missing-element]: the English section has `<details>` that this one lacks
  --> src/ru/01_start/01_one.md:29:65
   |
29 | В [следующей главе](02_two.md) есть <a id="picture">картинка</a>.
   |                                                                 ^ this section ends without it
   |
help: translate it, too: see src/en/01_start/01_one.md:33


"#]]);
    Book::new().append(RU, details).finds(str![[r#"
error[extra-element]: the English section does not have `<details>`
  --> src/ru/01_start/01_one.md:31:1
   |
31 | <details>
   | ^^^^^^^^^ only in this edition
   |
help: remove it, or add it to the English chapter first


"#]]);
    Book::new()
        .append(EN, details)
        .append(RU, &details.replace("<summary>A</summary>\n\n", ""))
        .finds(str![[r#"
error[missing-element]: the English section has `<summary>` that this one lacks
  --> src/ru/01_start/01_one.md:34:10
   |
34 | </details>
   |          ^ this section ends without it
   |
help: translate it, too: see src/en/01_start/01_one.md:34


"#]]);
    Book::new().append_to_both(details).passes();
}

#[test]
fn a_code_span_is_missing_or_too_much() {
    Book::new()
        .append(EN, "\n`poll`, `poll` and `a\nb`.\n")
        .append(RU, "\n`a b`, `poll` и `wake`.\n")
        .finds(str![[r#"
error[extra-code]: `wake` stands here more often than in the English section
  --> src/ru/01_start/01_one.md:31:17
   |
31 | `a b`, `poll` и `wake`.
   |                 ^^^^^^ once here, not in English
   |
help: leave it out, or list it as one of `code-exceptions` in language.toml

error[missing-code]: `poll` stands here less often than in the English section
  --> src/ru/01_start/01_one.md:31:23
   |
31 | `a b`, `poll` и `wake`.
   |                       ^ once here, twice in English
   |
help: name it as often as the English text does, or list it as one of `code-exceptions` in language.toml: see src/en/01_start/01_one.md:33

2 errors

"#]]);
}

#[test]
fn a_code_span_may_be_an_exception() {
    Book::new()
        .append(EN, "\n`poll` and `poll`.\n")
        .append(RU, "\nИ `wake`, и `poll`.\n")
        .replace(
            "src/ru/language.toml",
            "[strings]",
            "code-exceptions = [\"poll\", \"wake\"]\n\n[strings]",
        )
        .passes();
}

#[test]
fn a_footnote_is_missing_or_too_much() {
    Book::new()
        .append(EN, "\nA[^a] and B[^b].\n\n[^a]: A.\n\n[^b]: B.\n")
        .append(RU, "\nА[^a] и Б[^a].\n\n[^a]: А.\n\n[^b]: Б.\n")
        .finds(str![[r#"
error[extra-footnote]: `[^a]` stands here more often than in the English section
  --> src/ru/01_start/01_one.md:31:10
   |
31 | А[^a] и Б[^a].
   |          ^^^^ twice here, once in English
   |
help: leave it out

error[missing-footnote]: `[^b]` stands here less often than in the English section
  --> src/ru/01_start/01_one.md:35:8
   |
35 | [^b]: Б.
   |        ^ not here, once in English
   |
help: name it as often as the English text does: see src/en/01_start/01_one.md:33

2 errors

"#]]);
    Book::new()
        .append(EN, "\nA[^a].\n\n[^a]: A.\n")
        .append(RU, "\nА[^a].\n\n[^a]: А.\n")
        .passes();
}

#[test]
fn code_stays_in_its_section() {
    Book::new()
        .append(EN, "\n`poll`\n")
        .replace(RU, "Вот что", "`poll`: вот что")
        .finds(str![[r#"
error[extra-code]: `poll` stands here more often than in the English section
  --> src/ru/01_start/01_one.md:16:1
   |
16 | `poll`: вот что она печатает:
   | ^^^^^^ once here, not in English
   |
help: leave it out, or list it as one of `code-exceptions` in language.toml

error[missing-code]: `poll` stands here less often than in the English section
  --> src/ru/01_start/01_one.md:29:65
   |
29 | В [следующей главе](02_two.md) есть <a id="picture">картинка</a>.
   |                                                                 ^ not here, once in English
   |
help: name it as often as the English text does, or list it as one of `code-exceptions` in language.toml: see src/en/01_start/01_one.md:33

2 errors

"#]]);
}

#[test]
fn a_translator_is_free_within_a_section() {
    // Paragraphs are merged already. Blocks of a quote or a list may be indented differently, and reasons are translated.
    Book::new()
        .append(EN, "\n- A list:\n\n  ```text\n  one\n\n    two\n  ```\n")
        .append(
            RU,
            "\n1. Список:\n\n   ```text\n   one\n\n     two\n   ```\n",
        )
        .replace(RU, "она ждёт вечно", "просто так,\nи в две строки")
        .passes();
}

#[test]
fn a_link_may_move_to_another_section() {
    Book::new()
        .replace(
            RU,
            "[`Future`](https://doc.rust-lang.org/std/future/)",
            "`Future`",
        )
        .append(
            RU,
            "\nСм. [его документацию](https://doc.rust-lang.org/std/future/).\n",
        )
        .passes();
}

#[test]
fn an_unlisted_page_is_compared_too() {
    Book::new()
        .write("src/en/404.md", "# Not here {#not-here}\n")
        .write("src/ru/404.md", "# Тут нет {#nowhere}\n")
        .finds(str![[r#"
error[heading-id]: this heading has another id than the English one
 --> src/ru/404.md:1:1
  |
1 | # Тут нет {#nowhere}
  | ^^^^^^^^^^^^^^^^^^^^ the English heading is `# Not here {#not-here}`
  |
help: ids are not translated, because links lead to them: see src/en/404.md:1


"#]]);
}
