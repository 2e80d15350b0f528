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
            ", а затем про [`Future`](https://doc.rust-lang.org/std/future/)",
            "",
        )
        .append(
            RU,
            "\nСм. [`Future`](https://doc.rust-lang.org/std/future/).\n",
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
