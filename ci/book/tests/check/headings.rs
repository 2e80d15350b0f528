use snapbox::str;

use crate::project::{Book, EN, RU};

#[test]
fn a_heading_has_an_id() {
    Book::new()
        .replace(EN, "## Refused {#refused}", "## What's refused, and `why`")
        .finds(str![[r#"
error[missing-id]: this heading has no id
  --> src/en/01_start/01_one.md:25:1
   |
25 | ## What's refused, and `why`
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ links to it would break when its words change
   |
help: write `{#whats-refused-and-why}` behind it


"#]]);
}

#[test]
fn a_translated_heading_is_told_the_english_id() {
    Book::new()
        .replace(RU, "## Отказ {#refused}", "## Отказ")
        .finds(str![[r#"
error[missing-id]: this heading has no id
  --> src/ru/01_start/01_one.md:23:1
   |
23 | ## Отказ
   | ^^^^^^^^ links to it would break when its words change
   |
help: write `{#refused}` behind it


"#]]);
}

#[test]
fn two_headings_do_not_share_an_id() {
    Book::new()
        .append_to_both("\n## Again {#refused}\n")
        .finds(str![[r#"
error[duplicate-id]: the id `refused` is used twice in this chapter
  --> src/en/01_start/01_one.md:33:1
   |
33 | ## Again {#refused}
   | ^^^^^^^^^^^^^^^^^^^ line 25 has it already
   |
help: a link can lead to one place only: give one of the two another id

error[duplicate-id]: the id `refused` is used twice in this chapter
  --> src/ru/01_start/01_one.md:31:1
   |
31 | ## Again {#refused}
   | ^^^^^^^^^^^^^^^^^^^ line 23 has it already
   |
help: a link can lead to one place only: give one of the two another id

2 errors

"#]]);
}

#[test]
fn a_heading_and_an_element_do_not_share_an_id() {
    Book::new()
        .append_to_both("\n## Again {#picture}\n")
        .finds(str![[r#"
error[duplicate-id]: the id `picture` is used twice in this chapter
  --> src/en/01_start/01_one.md:33:1
   |
33 | ## Again {#picture}
   | ^^^^^^^^^^^^^^^^^^^ line 31 has it already
   |
help: a link can lead to one place only: give one of the two another id

error[duplicate-id]: the id `picture` is used twice in this chapter
  --> src/ru/01_start/01_one.md:31:1
   |
31 | ## Again {#picture}
   | ^^^^^^^^^^^^^^^^^^^ line 29 has it already
   |
help: a link can lead to one place only: give one of the two another id

2 errors

"#]]);
}

#[test]
fn a_chapter_has_a_title() {
    Book::new()
        .replace(EN, "# One {#one}", "## One {#one}")
        .replace(RU, "# Один {#one}", "## Один {#one}")
        .finds(str![[r#"
error[missing-title]: the chapter has no title
 --> src/en/01_start/01_one.md:1:1
  |
1 | ## One {#one}
  | ^^^^^^^^^^^^^ no `# Title` here or below
  |
help: begin with the title and its id: `# Title {#id}`

error[missing-title]: the chapter has no title
 --> src/ru/01_start/01_one.md:1:1
  |
1 | ## Один {#one}
  | ^^^^^^^^^^^^^^ no `# Title` here or below
  |
help: begin with the title and its id: `# Title {#id}`

2 errors

"#]]);
}

#[test]
fn an_empty_chapter_has_no_title() {
    Book::new()
        .write("src/en/01_start/02_two.md", "")
        .finds(str![[r#"
error[missing-title]: the chapter has no title
 --> src/en/01_start/02_two.md:1:1
  |
1 |
  | ^ no `# Title` here or below
  |
help: begin with the title and its id: `# Title {#id}`


"#]]);
}

#[test]
fn a_chapter_has_one_title() {
    Book::new()
        .append_to_both("\n# Two {#two}\n")
        .finds(str![[r#"
error[second-title]: the chapter has a second title
  --> src/en/01_start/01_one.md:33:1
   |
33 | # Two {#two}
   | ^^^^^^^^^^^^ a heading with a single `#`
   |
help: headings below the title begin with `##`

error[second-title]: the chapter has a second title
  --> src/ru/01_start/01_one.md:31:1
   |
31 | # Two {#two}
   | ^^^^^^^^^^^^ a heading with a single `#`
   |
help: headings below the title begin with `##`

2 errors

"#]]);
}

#[test]
fn the_title_is_the_first_thing() {
    Book::new()
        .replace(EN, "# One {#one}", "Before.\n\n# One {#one}")
        .finds(str![[r#"
error[title-not-first]: the title is not at the top of the chapter
 --> src/en/01_start/01_one.md:3:1
  |
3 | # One {#one}
  | ^^^^^^^^^^^^ something stands above it
  |
help: move what is above the title below it; only comments may stay there


"#]]);
}

#[test]
fn a_comment_may_stand_above_the_title() {
    Book::new()
        .replace(
            EN,
            "# One {#one}",
            "<!-- Written\nby hand. -->\n\n# One {#one}",
        )
        .passes();
}

#[test]
fn the_title_is_the_one_in_the_summary() {
    Book::new()
        .replace(RU, "# Один {#one}", "# Первая {#one}")
        .finds(str![[r#"
error[title-differs]: the chapter has another title than SUMMARY.md gives it
 --> src/ru/01_start/01_one.md:1:1
  |
1 | # Первая {#one}
  | ^^^^^^^^^^^^^^^ SUMMARY.md says `Один`
  |
help: the page and the table of contents show the same title: change one of the two


"#]]);
}

#[test]
fn marks_do_not_make_another_title() {
    Book::new()
        .replace(EN, "# One {#one}", "# *The* `Future` trait {#one}")
        .replace("src/en/SUMMARY.md", "[One]", "[The **Future** `trait`]")
        .replace(RU, "# Один {#one}", "# `Future` {#one}")
        .replace("src/ru/SUMMARY.md", "[Один]", "[**Future**]")
        .passes();
}

#[test]
fn a_heading_may_be_underlined_with_hyphens() {
    Book::new()
        .replace(EN, "## Shared {#shared}", "Shared {#shared}\n------")
        .passes();
}

#[test]
fn a_heading_that_is_underlined_with_hyphens_has_an_id() {
    Book::new()
        .replace(EN, "## Refused {#refused}", "Refused\n-------")
        .finds(str![[r#"
error[missing-id]: this heading has no id
  --> src/en/01_start/01_one.md:25:1
   |
25 | Refused
   | ^^^^^^^ links to it would break when its words change
   |
help: write `{#refused}` behind it


"#]]);
}
