use snapbox::str;

use crate::project::{Book, LIB};

#[test]
fn a_missing_file_is_found_in_every_edition() {
    Book::new()
        .replace_in_both("src/lib.rs:second", "src/libs.rs:second")
        .replace(LIB, "ANCHOR: second\n", "x\n")
        .replace(LIB, "// ANCHOR_END: second\n", "")
        .finds(str![[r#"
error[missing-file]: there is no file `examples/01_01_demo/src/libs.rs`
  --> src/en/01_start/01_one.md:15:1
   |
15 | {{#include ../../../examples/01_01_demo/src/libs.rs:second}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such file
   |
help: the path is relative to the chapter's folder, `src/en/01_start`

error[missing-file]: there is no file `examples/01_01_demo/src/libs.rs`
  --> src/ru/01_start/01_one.md:13:1
   |
13 | {{#include ../../../examples/01_01_demo/src/libs.rs:second}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such file
   |
help: the path is relative to the chapter's folder, `src/ru/01_start`

2 errors

"#]]);
}

#[test]
fn a_missing_anchor_is_found_and_the_file_s_anchors_are_named() {
    Book::new()
        .replace_in_both("lib.rs:second", "lib.rs:third")
        .append(
            "src/en/introduction.md",
            "\n```text\n{{#include ../../examples/01_01_demo/src/lib.rs:second}}\n```\n",
        )
        .append(
            "src/ru/introduction.md",
            "\n```text\n{{#include ../../examples/01_01_demo/src/lib.rs:second}}\n```\n",
        )
        .finds(str![[r#"
error[missing-anchor]: `examples/01_01_demo/src/lib.rs` has no anchor `third`
  --> src/en/01_start/01_one.md:15:1
   |
15 | {{#include ../../../examples/01_01_demo/src/lib.rs:third}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such anchor
   |
help: `examples/01_01_demo/src/lib.rs` has the anchors `first`, `second`

error[missing-anchor]: `examples/01_01_demo/src/lib.rs` has no anchor `third`
  --> src/ru/01_start/01_one.md:13:1
   |
13 | {{#include ../../../examples/01_01_demo/src/lib.rs:third}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such anchor
   |
help: `examples/01_01_demo/src/lib.rs` has the anchors `first`, `second`

2 errors

"#]]);
}

#[test]
fn a_file_outside_of_the_repository_is_not_read() {
    Book::new()
        .append_to_both("\n{{#include ../../../../../etc/passwd}}\n")
        .finds(str![[r#"
error[missing-file]: `../../etc/passwd` is outside of the project
  --> src/en/01_start/01_one.md:33:1
   |
33 | {{#include ../../../../../etc/passwd}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads out of the repository
   |
help: a chapter includes files of this repository only

error[missing-file]: `../../etc/passwd` is outside of the project
  --> src/ru/01_start/01_one.md:31:1
   |
31 | {{#include ../../../../../etc/passwd}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads out of the repository
   |
help: a chapter includes files of this repository only

2 errors

"#]]);
}

#[test]
fn an_unknown_directive_is_found() {
    Book::new()
        .append_to_both("\n{{#inlude x.rs}}\n")
        .finds(str![[r#"
error[unknown-directive]: there is no directive `inlude`
  --> src/en/01_start/01_one.md:33:1
   |
33 | {{#inlude x.rs}}
   | ^^^^^^^^^^^^^^^^ would be printed as it stands
   |
help: write `{{#include path:anchor}}`, or `\{{#…}}` for text about a directive

error[unknown-directive]: there is no directive `inlude`
  --> src/ru/01_start/01_one.md:31:1
   |
31 | {{#inlude x.rs}}
   | ^^^^^^^^^^^^^^^^ would be printed as it stands
   |
help: write `{{#include path:anchor}}`, or `\{{#…}}` for text about a directive

2 errors

"#]]);
}

#[test]
fn a_directive_of_mdbook_that_this_book_does_not_use_is_found() {
    Book::new()
        .append_to_both("\n{{#rustdoc_include x.rs:a}}\n")
        .finds(str![[r#"
error[unknown-directive]: `rustdoc_include` is not used in this book
  --> src/en/01_start/01_one.md:33:1
   |
33 | {{#rustdoc_include x.rs:a}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^ write `{{#include …}}`
   |
help: in a `rust` fence, `include` keeps the rest of the file as hidden lines by itself

error[unknown-directive]: `rustdoc_include` is not used in this book
  --> src/ru/01_start/01_one.md:31:1
   |
31 | {{#rustdoc_include x.rs:a}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^ write `{{#include …}}`
   |
help: in a `rust` fence, `include` keeps the rest of the file as hidden lines by itself

2 errors

"#]]);
}

#[test]
fn a_directive_without_an_end_is_found() {
    Book::new()
        .append_to_both("\nText {{#include x.rs:a} and more.\n")
        .finds(str![[r#"
error[bad-directive]: this directive does not end on its line
  --> src/en/01_start/01_one.md:33:6
   |
33 | Text {{#include x.rs:a} and more.
   |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no `}}`
   |
help: write `{{#include path:anchor}}`, or `\{{#…` for text about a directive

error[bad-directive]: this directive does not end on its line
  --> src/ru/01_start/01_one.md:31:6
   |
31 | Text {{#include x.rs:a} and more.
   |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no `}}`
   |
help: write `{{#include path:anchor}}`, or `\{{#…` for text about a directive

2 errors

"#]]);
}

#[test]
fn an_include_without_a_file_is_found() {
    Book::new()
        .append_to_both("\n{{#include}}\n")
        .finds(str![[r#"
error[bad-include]: this include names no file
  --> src/en/01_start/01_one.md:33:1
   |
33 | {{#include}}
   | ^^^^^^^^^^^^
   |
help: write `{{#include path/from/this/chapter.rs:anchor}}`

error[bad-include]: this include names no file
  --> src/ru/01_start/01_one.md:31:1
   |
31 | {{#include}}
   | ^^^^^^^^^^^^
   |
help: write `{{#include path/from/this/chapter.rs:anchor}}`

2 errors

"#]]);
}

#[test]
fn an_include_of_numbered_lines_is_found() {
    Book::new()
        .append_to_both("\n{{#include ../../../examples/01_01_demo/src/lib.rs:2:3}}\n")
        .finds(str![[r#"
error[bad-include]: this include names lines by their numbers
  --> src/en/01_start/01_one.md:33:1
   |
33 | {{#include ../../../examples/01_01_demo/src/lib.rs:2:3}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
help: line numbers go stale: put `// ANCHOR: name` and `// ANCHOR_END: name` around the lines, and include `path:name`

error[bad-include]: this include names lines by their numbers
  --> src/ru/01_start/01_one.md:31:1
   |
31 | {{#include ../../../examples/01_01_demo/src/lib.rs:2:3}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
help: line numbers go stale: put `// ANCHOR: name` and `// ANCHOR_END: name` around the lines, and include `path:name`

2 errors

"#]]);
}

#[test]
fn an_anchor_has_a_name() {
    Book::new()
        .append_to_both("\n{{#include ../../../examples/01_01_demo/src/lib.rs:a b}}\n")
        .finds(str![[r#"
error[bad-include]: this is not the name of an anchor
  --> src/en/01_start/01_one.md:33:1
   |
33 | {{#include ../../../examples/01_01_demo/src/lib.rs:a b}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
help: an anchor's name is made of letters, digits, `_` and `-`

error[bad-include]: this is not the name of an anchor
  --> src/ru/01_start/01_one.md:31:1
   |
31 | {{#include ../../../examples/01_01_demo/src/lib.rs:a b}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
help: an anchor's name is made of letters, digits, `_` and `-`

2 errors

"#]]);
}

#[test]
fn an_include_in_a_heading_is_found() {
    Book::new()
        .append_to_both("\n## Of {{#include ../../../examples/01_01_demo/output.txt}} {#of}\n")
        .finds(str![[r#"
error[include-in-heading]: an include inside of a heading
  --> src/en/01_start/01_one.md:33:7
   |
33 | ## Of {{#include ../../../examples/01_01_demo/output.txt}} {#of}
   |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hidden from the checks
   |
help: write the text itself here: headings and links are compared between the editions as they stand

error[include-in-heading]: an include inside of a heading
  --> src/ru/01_start/01_one.md:31:7
   |
31 | ## Of {{#include ../../../examples/01_01_demo/output.txt}} {#of}
   |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hidden from the checks
   |
help: write the text itself here: headings and links are compared between the editions as they stand

2 errors

"#]]);
}

#[test]
fn an_include_in_a_link_is_found() {
    Book::new()
        .append_to_both(
            "\nIn [a {{#include ../../../examples/01_01_demo/output.txt}}](02_two.md).\n",
        )
        .finds(str![[r#"
error[include-in-link]: an include inside of a link
  --> src/en/01_start/01_one.md:33:7
   |
33 | In [a {{#include ../../../examples/01_01_demo/output.txt}}](02_two.md).
   |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hidden from the checks
   |
help: write the text itself here: headings and links are compared between the editions as they stand

error[include-in-link]: an include inside of a link
  --> src/ru/01_start/01_one.md:31:7
   |
31 | In [a {{#include ../../../examples/01_01_demo/output.txt}}](02_two.md).
   |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hidden from the checks
   |
help: write the text itself here: headings and links are compared between the editions as they stand

2 errors

"#]]);
}

#[test]
fn an_include_in_a_link_s_target_is_found_once() {
    Book::new()
        .append_to_both("\nIn [a](<{{#include ../../../examples/01_01_demo/output.txt}}>).\n")
        .finds(str![[r#"
error[include-in-link]: an include inside of a link
  --> src/en/01_start/01_one.md:33:9
   |
33 | In [a](<{{#include ../../../examples/01_01_demo/output.txt}}>).
   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hidden from the checks
   |
help: write the text itself here: headings and links are compared between the editions as they stand

error[include-in-link]: an include inside of a link
  --> src/ru/01_start/01_one.md:31:9
   |
31 | In [a](<{{#include ../../../examples/01_01_demo/output.txt}}>).
   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hidden from the checks
   |
help: write the text itself here: headings and links are compared between the editions as they stand

2 errors

"#]]);
}

#[test]
fn an_escaped_directive_is_text() {
    Book::new()
        .append_to_both("\nWrite `\\{{#include path:anchor}}`.\n")
        .passes();
}

#[test]
fn an_include_in_prose_is_fine() {
    Book::new()
        .append_to_both("\nIt says {{#include ../../../examples/01_01_demo/output.txt}}.\n")
        .passes();
}

#[test]
fn a_module_that_the_shown_file_declares_has_a_file() {
    Book::new().append(LIB, "\nmod third;\n").finds(str![[r#"
error[missing-file]: the module `third` has no file
 --> examples/01_01_demo/src/lib.rs:9:1
  |
9 | mod third;
  | ^^^^^^^^^^ no such file
  |
help: it is `third.rs` or `third/mod.rs` in examples/01_01_demo/src


"#]]);
}

#[test]
fn a_module_that_the_shown_file_declares_is_read() {
    Book::new()
        .append(LIB, "\nmod third;\n")
        .write("examples/01_01_demo/src/third.rs", "")
        .passes();
}
