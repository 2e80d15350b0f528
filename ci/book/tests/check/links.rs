use snapbox::str;

use crate::project::{Book, EN, RU};

const TWO: &str = "src/en/01_start/02_two.md";

#[test]
fn a_link_leads_to_a_chapter() {
    Book::new()
        .append(TWO, "\nSee [three](03_three.md) for more.\n")
        .finds(str![[r#"
error[dead-link]: there is no chapter `01_start/03_three.md`
 --> src/en/01_start/02_two.md:5:13
  |
5 | See [three](03_three.md) for more.
  |             ^^^^^^^^^^^ leads nowhere
  |
help: link to a chapter that src/en/SUMMARY.md lists, by its path from this chapter's folder


"#]]);
}

#[test]
fn a_link_leads_to_a_chapter_that_is_listed() {
    Book::new()
        .append(TWO, "\nSee [the contents](../SUMMARY.md).\n")
        .finds(str![[r#"
error[dead-link]: there is no chapter `SUMMARY.md`
 --> src/en/01_start/02_two.md:5:20
  |
5 | See [the contents](../SUMMARY.md).
  |                    ^^^^^^^^^^^^^ leads nowhere
  |
help: link to a chapter that src/en/SUMMARY.md lists, by its path from this chapter's folder


"#]]);
}

#[test]
fn a_link_of_a_translation_may_lead_to_a_chapter_that_only_english_has() {
    Book::new()
        .append_to_both("\nSee [two](02_two.md#two).\n")
        .passes();
}

#[test]
fn a_link_leads_to_a_file() {
    Book::new()
        .append(TWO, "\n![A photo](photo.png)\n")
        .finds(str![[r#"
error[dead-link]: there is no file `01_start/photo.png`
 --> src/en/01_start/02_two.md:5:12
  |
5 | ![A photo](photo.png)
  |            ^^^^^^^^^ leads nowhere
  |
help: the path is relative to the chapter's folder, `src/en/01_start`


"#]]);
}

#[test]
fn a_link_does_not_lead_to_a_folder() {
    Book::new()
        .append(TWO, "\n[All](../01_start)\n")
        .finds(str![[r#"
error[dead-link]: there is no file `01_start`
 --> src/en/01_start/02_two.md:5:7
  |
5 | [All](../01_start)
  |       ^^^^^^^^^^^ leads nowhere
  |
help: the path is relative to the chapter's folder, `src/en/01_start`


"#]]);
}

#[test]
fn a_picture_may_have_a_space_in_its_name() {
    Book::new()
        .append(TWO, "\n![A](a%20b.png) ![A](<a b.png>)\n")
        .write("src/en/01_start/a b.png", "")
        .passes();
}

#[test]
fn a_translation_may_show_the_english_picture_or_its_own() {
    Book::new()
        .append_to_both("\n![A](picture.svg)\n![B](b.svg)\n")
        .write("src/en/01_start/b.svg", "")
        .write("src/ru/01_start/b.svg", "")
        .passes();
}

#[test]
fn a_picture_that_only_a_translation_has_is_missing_in_english() {
    Book::new()
        .append_to_both("\n![A](a.svg)\n")
        .write("src/ru/01_start/a.svg", "")
        .finds(str![[r#"
error[dead-link]: there is no file `01_start/a.svg`
  --> src/en/01_start/01_one.md:33:6
   |
33 | ![A](a.svg)
   |      ^^^^^ leads nowhere
   |
help: the path is relative to the chapter's folder, `src/en/01_start`


"#]]);
}

#[test]
fn a_link_has_a_target() {
    Book::new()
        .append(TWO, "\nSee [nothing]().\n")
        .finds(str![[r#"
error[dead-link]: this link has no target
 --> src/en/01_start/02_two.md:5:5
  |
5 | See [nothing]().
  |     ^^^^^^^^^^^ leads nowhere
  |
help: write the target into its parentheses: `[text](target)`


"#]]);
}

#[test]
fn a_fragment_is_an_id_of_this_chapter() {
    Book::new()
        .append(TWO, "\nSee [above](#tow).\n")
        .finds(str![[r#"
error[dead-fragment]: `src/en/01_start/02_two.md` has no id `tow`
 --> src/en/01_start/02_two.md:5:13
  |
5 | See [above](#tow).
  |             ^^^^ no such place on that page
  |
help: its ids are `two`


"#]]);
}

#[test]
fn a_fragment_is_an_id_of_the_other_chapter() {
    Book::new()
        .append(TWO, "\nSee [one](01_one.md#sharing).\n")
        .finds(str![[r#"
error[dead-fragment]: `src/en/01_start/01_one.md` has no id `sharing`
 --> src/en/01_start/02_two.md:5:11
  |
5 | See [one](01_one.md#sharing).
  |           ^^^^^^^^^^^^^^^^^ no such place on that page
  |
help: its ids are `one`, `shared`, `refused`, `picture`


"#]]);
}

#[test]
fn a_fragment_may_be_the_id_of_an_element_or_of_a_footnote() {
    Book::new()
        .append(
            TWO,
            "\n[a](01_one.md#picture), [b](#two), [c](#footnote-x)[^x]\n\n[^x]: X.\n",
        )
        .passes();
}

#[test]
fn a_fragment_is_looked_up_in_the_edition_s_own_chapter() {
    // English is fine. The Russian introduction leads to a heading that the Russian chapter has lost.
    Book::new()
        .replace(RU, "{#shared}", "{#общее}")
        .finds(str![[r#"
error[heading-id]: this heading has another id than the English one
 --> src/ru/01_start/01_one.md:5:1
  |
5 | ## Общее {#общее}
  | ^^^^^^^^^^^^^^^^^ the English heading is `## Shared {#shared}`
  |
help: ids are not translated, because links lead to them: see src/en/01_start/01_one.md:7

error[dead-fragment]: `src/ru/01_start/01_one.md` has no id `shared`
 --> src/ru/introduction.md:3:26
  |
3 | Начните с [первой главы](01_start/01_one.md#shared).
  |                          ^^^^^^^^^^^^^^^^^^^^^^^^^ no such place on that page
  |
help: its ids are `one`, `общее`, `refused`, `picture`

2 errors

"#]]);
}

#[test]
fn a_fragment_is_looked_up_in_the_english_chapter_where_there_is_no_other() {
    Book::new()
        .append_to_both("\nSee [two](02_two.md#tow).\n")
        .finds(str![[r#"
error[dead-fragment]: `src/en/01_start/02_two.md` has no id `tow`
  --> src/en/01_start/01_one.md:33:11
   |
33 | See [two](02_two.md#tow).
   |           ^^^^^^^^^^^^^ no such place on that page
   |
help: its ids are `two`

error[dead-fragment]: `src/en/01_start/02_two.md` has no id `tow`
  --> src/ru/01_start/01_one.md:31:11
   |
31 | See [two](02_two.md#tow).
   |           ^^^^^^^^^^^^^ no such place on that page
   |
help: its ids are `two`

2 errors

"#]]);
}

#[test]
fn an_id_in_a_comment_is_none() {
    Book::new()
        .append(
            TWO,
            "\n<!-- <a id=\"x\"> <a href=\"nowhere.md\"> -->\n\n[a](#x)\n",
        )
        .finds(str![[r#"
error[dead-fragment]: `src/en/01_start/02_two.md` has no id `x`
 --> src/en/01_start/02_two.md:7:5
  |
7 | [a](#x)
  |     ^^ no such place on that page
  |
help: its ids are `two`


"#]]);
}

#[test]
fn a_page_is_linked_to_by_its_chapter() {
    Book::new()
        .append(TWO, "\nSee [one](01_one.html#one).\n")
        .finds(str![[r#"
error[html-link]: `01_one.html#one` is a page of the finished site
 --> src/en/01_start/02_two.md:5:11
  |
5 | See [one](01_one.html#one).
  |           ^^^^^^^^^^^^^^^ link to the chapter instead
  |
help: write `01_one.md#one`: mdBook turns it into the page's address


"#]]);
}

#[test]
fn a_link_stays_in_the_book() {
    Book::new()
        .append(
            TWO,
            "\nSee [the code](../../../examples/01_01_demo/src/lib.rs).\n",
        )
        .finds(str![[r#"
error[outside-link]: `../../../examples/01_01_demo/src/lib.rs` is outside of the book
 --> src/en/01_start/02_two.md:5:16
  |
5 | See [the code](../../../examples/01_01_demo/src/lib.rs).
  |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not published with the pages
  |
help: link to a chapter, or to the file's address on the web; `{{#include …}}` shows a file


"#]]);
}

#[test]
fn a_link_does_not_begin_at_the_root_of_the_site() {
    Book::new()
        .append(TWO, "\nSee [one](/01_start/01_one.md).\n")
        .finds(str![[r#"
error[outside-link]: `/01_start/01_one.md` begins at the root of the web site
 --> src/en/01_start/02_two.md:5:11
  |
5 | See [one](/01_start/01_one.md).
  |           ^^^^^^^^^^^^^^^^^^^ the book may be published below it
  |
help: write the path from this chapter's folder


"#]]);
}

#[test]
fn an_address_has_a_host() {
    Book::new()
        .append(TWO, "\nSee [std](https:/doc.rust-lang.org/std).\n")
        .finds(str![[r#"
error[bad-url]: `https:/doc.rust-lang.org/std` is not an address on the web
 --> src/en/01_start/02_two.md:5:11
  |
5 | See [std](https:/doc.rust-lang.org/std).
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a browser can't follow this
  |
help: write `https://host/path`; for a chapter or a file of the book, its path from this chapter


"#]]);
}

#[test]
fn an_address_is_one_that_a_browser_follows() {
    Book::new()
        .append(TWO, "\nSee [the file](file:///etc/hosts).\n")
        .finds(str![[r#"
error[bad-url]: `file:///etc/hosts` is not an address on the web
 --> src/en/01_start/02_two.md:5:16
  |
5 | See [the file](file:///etc/hosts).
  |                ^^^^^^^^^^^^^^^^^ a browser can't follow this
  |
help: write `https://host/path`; for a chapter or a file of the book, its path from this chapter


"#]]);
}

#[test]
fn good_addresses_pass() {
    Book::new()
        .append(
            TWO,
            "\n<https://doc.rust-lang.org/std/?search=a%20b#c> <someone@example.org> [a](https://[::1]:8080/)\n[b](mailto:a@b.c) [c][d] [d]\n\n[d]: https://example.org/ (Title)\n",
        )
        .passes();
}

#[test]
fn a_reference_is_followed() {
    Book::new()
        .append(TWO, "\nSee [three][].\n\n[three]: 03_three.md\n")
        .finds(str![[r#"
error[dead-link]: there is no chapter `01_start/03_three.md`
 --> src/en/01_start/02_two.md:5:5
  |
5 | See [three][].
  |     ^^^^^^^ leads nowhere
  |
help: link to a chapter that src/en/SUMMARY.md lists, by its path from this chapter's folder


"#]]);
}

#[test]
fn links_of_html_are_followed() {
    Book::new().append(TWO, "\n> <p>\n> <a class=\"b\"\n>    href=\"nowhere.md\">three</a></p>\n\n<img alt='' src=nowhere.png>\n").finds(str![[r#"
error[dead-link]: there is no chapter `01_start/nowhere.md`
 --> src/en/01_start/02_two.md:7:12
  |
7 | >    href="nowhere.md">three</a></p>
  |            ^^^^^^^^^^ leads nowhere
  |
help: link to a chapter that src/en/SUMMARY.md lists, by its path from this chapter's folder

error[dead-link]: there is no file `01_start/nowhere.png`
 --> src/en/01_start/02_two.md:9:17
  |
9 | <img alt='' src=nowhere.png>
  |                 ^^^^^^^^^^^ leads nowhere
  |
help: the path is relative to the chapter's folder, `src/en/01_start`

2 errors

"#]]);
}

#[test]
fn a_link_of_html_may_lead_to_a_chapter() {
    Book::new()
        .append(
            TWO,
            "\n<a href=\"01_one.md#shared\">one</a> <img src='picture.svg'>\n",
        )
        .passes();
}

#[test]
fn links_in_code_are_no_links() {
    Book::new()
        .append(
            TWO,
            "\n`[a](nowhere.md)`\n\n```text\n[a](nowhere.md)\n```\n",
        )
        .passes();
}

#[test]
fn a_link_in_the_middle_of_a_long_line_is_underlined() {
    let long = "Слово за слово, ".repeat(20);
    Book::new()
        .replace(EN, "It prints:", "It [prints](nowhere.md):")
        .replace(
            RU,
            "Вот что она печатает:",
            &format!("{long}[печатает](nowhere.md), {long}"),
        )
        .finds(str![[r#"
error[dead-link]: there is no chapter `01_start/nowhere.md`
  --> src/en/01_start/01_one.md:18:13
   |
18 | It [prints](nowhere.md):
   |             ^^^^^^^^^^ leads nowhere
   |
help: link to a chapter that src/en/SUMMARY.md lists, by its path from this chapter's folder

error[dead-link]: there is no chapter `01_start/nowhere.md`
  --> src/ru/01_start/01_one.md:16:332
   |
16 | ...а слово, Слово за слово, Слово за слово, [печатает](nowhere.md), Слово за слово, Слово за слово, Слово за слово, Слово за слово, ...
   |                                                        ^^^^^^^^^^ leads nowhere
   |
help: link to a chapter that src/en/SUMMARY.md lists, by its path from this chapter's folder

2 errors

"#]]);
}
