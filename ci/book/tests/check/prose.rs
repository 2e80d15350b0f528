use book::{check, project::Project};
use snapbox::str;

use crate::project::{Book, EN, RU};

#[test]
fn a_character_cannot_be_seen() {
    Book::new()
        .append(RU, "\n<!-- \u{202B} -->\n")
        .finds(str![[r#"
error[invisible-character]: this character cannot be seen
  --> src/ru/01_start/01_one.md:31:6
   |
31 | <!-- � -->
   |      ^ U+202B
   |
help: remove it; the page gives every language its direction by itself


"#]]);
    for char in
        "\u{200B}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}\u{FEFF}"
            .chars()
    {
        let book = Book::new().append(EN, &format!("\na{char}b\n"));
        let found = check(&Project::load(book.root()).unwrap()).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|found| (found.rule, &*found.label))
            .collect();
        let label = format!("U+{:04X}", u32::from(char));
        assert_eq!(found, [("invisible-character", label.as_str())]);
    }
    Book::new()
        .append(RU, "\nкни\u{AD}га, می\u{200C}شود, а\u{A0}б\n")
        .passes();
}

#[test]
fn emphasis_has_failed() {
    Book::new()
        .append(EN, "\n**Wrong.**so\n")
        .append(RU, "\n**“값”**은 그리고 *값.*은, _a_б\n")
        .finds(str![[r#"
error[failed-emphasis]: `**` would be printed as it stands
  --> src/en/01_start/01_one.md:33:1
   |
33 | **Wrong.**so
   | ^^^^^^^^^^ not read as emphasis
   |
help: beside a letter, move punctuation and code out of the marks, `“**word**”` and not `**“word”**`, or the letters into them; if the character itself is meant, write `\*`

error[failed-emphasis]: `**` would be printed as it stands
  --> src/ru/01_start/01_one.md:31:1
   |
31 | **“값”**은 그리고 *값.*은, _a_б
   | ^^^^^^^^ not read as emphasis
   |
help: beside a letter, move punctuation and code out of the marks, `“**word**”` and not `**“word”**`, or the letters into them; if the character itself is meant, write `\*`

error[failed-emphasis]: `*` would be printed as it stands
  --> src/ru/01_start/01_one.md:31:14
   |
31 | **“값”**은 그리고 *값.*은, _a_б
   |                   ^^^^^ not read as emphasis
   |
help: beside a letter, move punctuation and code out of the marks, `“**word**”` and not `**“word”**`, or the letters into them; if the character itself is meant, write `\*`

error[failed-emphasis]: `_` would be printed as it stands
  --> src/ru/01_start/01_one.md:31:21
   |
31 | **“값”**은 그리고 *값.*은, _a_б
   |                            ^^^ not read as emphasis
   |
help: beside a letter, move punctuation and code out of the marks, `“**word**”` and not `**“word”**`, or the letters into them; if the character itself is meant, write `\_`

4 errors

"#]]);
}

#[test]
fn a_star_may_be_a_star() {
    Book::new()
        .append(EN, "\n2 * 3, \\*, snake_case, **so.** And **so**.\n")
        .append(RU, "\n`*` 2 * 3 \\*\\*x **값**은 *값*.\n")
        .replace(
            "src/ru/language.toml",
            "[strings]",
            "code-exceptions = [\"*\"]\n\n[strings]",
        )
        .passes();
}

#[test]
fn a_reference_leads_nowhere() {
    Book::new()
        .append(EN, "\nSee [`x`][undefined] and [^note].\n")
        .append(RU, "\nСм. `x` и [это][].\n")
        .finds(str![[r#"
error[undefined-reference]: this reference leads nowhere
  --> src/en/01_start/01_one.md:33:5
   |
33 | See [`x`][undefined] and [^note].
   |     ^^^^^^^^^^^^^^^^ would be printed as it stands
   |
help: define it, `[name]: target`, or write the target into the link: `[text](target)`

error[undefined-reference]: this reference leads nowhere
  --> src/en/01_start/01_one.md:33:26
   |
33 | See [`x`][undefined] and [^note].
   |                          ^^^^^^^ would be printed as it stands
   |
help: define it, `[name]: target`, or write the target into the link: `[text](target)`

error[undefined-reference]: this reference leads nowhere
  --> src/ru/01_start/01_one.md:31:11
   |
31 | См. `x` и [это][].
   |           ^^^^^^^ would be printed as it stands
   |
help: define it, `[name]: target`, or write the target into the link: `[text](target)`

3 errors

"#]]);
    Book::new()
        .append(
            EN,
            "\nSee [x][y] and [^note], \\[a][b], `a[0][1]`.\n\n[^note]: A.\n\n[y]: 02_two.md\n",
        )
        .append(
            RU,
            "\n`a[0][1]` См. [x][y][^note].\n\n[^note]: А.\n\n[y]: 02_two.md\n",
        )
        .passes();
}

#[test]
fn what_unfolds_is_not_closed() {
    Book::new()
        .append_to_both("\n<details>\n<summary>A\n\nB\n\n</details>\n\n</summary>\n")
        .finds(str![[r#"
error[unclosed-element]: this `<summary>` is not closed
  --> src/en/01_start/01_one.md:34:1
   |
34 | <summary>A
   | ^^^^^^^^^ opened here
   |
help: write `</summary>` behind its last line

error[unclosed-element]: this `</summary>` closes nothing
  --> src/en/01_start/01_one.md:40:1
   |
40 | </summary>
   | ^^^^^^^^^^ nothing is open here
   |
help: remove it, or write `<summary>` where it begins

error[unclosed-element]: this `<summary>` is not closed
  --> src/ru/01_start/01_one.md:32:1
   |
32 | <summary>A
   | ^^^^^^^^^ opened here
   |
help: write `</summary>` behind its last line

error[unclosed-element]: this `</summary>` closes nothing
  --> src/ru/01_start/01_one.md:38:1
   |
38 | </summary>
   | ^^^^^^^^^^ nothing is open here
   |
help: remove it, or write `<summary>` where it begins

4 errors

"#]]);
    Book::new()
        .append_to_both("\n<details>\n<summary>A</summary>\n\nB\n")
        .finds(str![[r#"
error[unclosed-element]: this `<details>` is not closed
  --> src/en/01_start/01_one.md:33:1
   |
33 | <details>
   | ^^^^^^^^^ opened here
   |
help: write `</details>` behind its last line

error[unclosed-element]: this `<details>` is not closed
  --> src/ru/01_start/01_one.md:31:1
   |
31 | <details>
   | ^^^^^^^^^ opened here
   |
help: write `</details>` behind its last line

2 errors

"#]]);
    Book::new()
        .append_to_both("\n<details><summary>A</summary>\n<details>\n<summary>B</summary>\n\nC\n\n</details>\n</details>\n\n`<details>`\n\n```html\n<details>\n```\n")
        .passes();
}

#[test]
fn an_image_has_no_text() {
    Book::new()
        .replace("src/en/01_start/02_two.md", "![A picture]", "![]")
        .finds(str![[r#"
error[missing-alt]: this image has no text
 --> src/en/01_start/02_two.md:3:1
  |
3 | ![](picture.svg)
  | ^^^^^^^^^^^^^^^^ some readers do not see it
  |
help: say what it shows: `![text](file)`


"#]]);
}

#[test]
fn a_mark_stands_twice() {
    Book::new()
        .append(RU, "\n字。。 می،، ab;;\n")
        .finds(str![[r#"
error[doubled-mark]: a mark stands here twice
  --> src/ru/01_start/01_one.md:31:2
   |
31 | 字。。 می،، ab;;
   |   ^^^^
   |
help: remove one of the two

error[doubled-mark]: a mark stands here twice
  --> src/ru/01_start/01_one.md:31:7
   |
31 | 字。。 می،، ab;;
   |          ^^
   |
help: remove one of the two

error[doubled-mark]: a mark stands here twice
  --> src/ru/01_start/01_one.md:31:12
   |
31 | 字。。 می،، ab;;
   |               ^^
   |
help: remove one of the two

3 errors

"#]]);
    Book::new().append(RU, "\n字…… a... b.. ?! 1::2\n").passes();
}

#[test]
fn english_is_left_by_accident() {
    Book::new()
        .append(RU, "\n- So all this is *English* still:\n  and goes on.\n")
        .append(
            "src/ru/introduction.md",
            "\n| a |\n|---|\n| Nobody has ever translated `this` cell. |\n",
        )
        .append("src/en/introduction.md", "\n| a |\n|---|\n| `this` |\n")
        .finds(str![[r#"
error[untranslated-passage]: this passage is not translated
  --> src/ru/01_start/01_one.md:31:3
   |
31 | - So all this is *English* still:
   |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ English
   |
help: translate it, or put it into a block of code if it is a program's

error[untranslated-passage]: this passage is not translated
 --> src/ru/introduction.md:7:3
  |
7 | | Nobody has ever translated `this` cell. |
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ English
  |
help: translate it, or put it into a block of code if it is a program's

2 errors

"#]]);
}

#[test]
fn names_are_not_english_by_accident() {
    Book::new()
        .append(EN, "\n[Build a timer and an executor](02_two.md)\n\nThis has only four.\n")
        .append(
            RU,
            "\n[Build a timer and an executor](02_two.md)\n\nRead the Rust Book.\n\nа `b` c d e f g\n\n```text\na b c d e f\n```\n",
        )
        .replace("src/ru/language.toml", "[strings]", "code-exceptions = [\"b\"]\n\n[strings]")
        .append(EN, "\n```text\na b c d e f\n```\n")
        .passes();
}

#[test]
fn in_a_latin_script_only_the_same_words_are_english() {
    let book = |words: &str| {
        Book::new()
            .replace("src/ru/language.toml", "Русский", "Español")
            .append(EN, "\nThis is English,\nand not Spanish.\n")
            .append(RU, words)
    };
    book("\nEsto es español y no inglés.\n").passes();
    book("\nThis is English, and not Spanish.\n").finds(str![[r#"
error[untranslated-passage]: this passage is not translated
  --> src/ru/01_start/01_one.md:31:1
   |
31 | This is English, and not Spanish.
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ English
   |
help: translate it, or put it into a block of code if it is a program's


"#]]);
}
