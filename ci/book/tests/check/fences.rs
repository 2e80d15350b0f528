use snapbox::str;

use crate::project::{Book, LIB};

/// Adds a chapter's block, to both editions.
fn with_block(block: &str) -> Book {
    Book::new().append_to_both(&format!("\n{block}\n"))
}

#[test]
fn a_block_names_its_language() {
    with_block("```\nwhat?\n```").finds(str![[r#"
error[no-language]: this code block names no language
  --> src/en/01_start/01_one.md:33:1
   |
33 | ```
   | ^^^ rustdoc takes this for Rust
   |
help: write the language behind the fence: `rust`, `console`, `toml`, or `text` for none

error[no-language]: this code block names no language
  --> src/ru/01_start/01_one.md:31:1
   |
31 | ```
   | ^^^ rustdoc takes this for Rust
   |
help: write the language behind the fence: `rust`, `console`, `toml`, or `text` for none

2 errors

"#]]);
}

#[test]
fn a_block_is_not_made_by_indentation() {
    with_block("What?\n\n    indented\n    twice").finds(str![[r#"
error[indented-code]: a code block that is made by indentation
  --> src/en/01_start/01_one.md:35:5
   |
35 |     indented
   |     ^^^^^^^^ rustdoc takes this for Rust
   |
help: put it between fences, with its language behind the first: ```` ```text ````

error[indented-code]: a code block that is made by indentation
  --> src/ru/01_start/01_one.md:33:5
   |
33 |     indented
   |     ^^^^^^^^ rustdoc takes this for Rust
   |
help: put it between fences, with its language behind the first: ```` ```text ````

2 errors

"#]]);
}

#[test]
fn rust_is_called_rust() {
    with_block("```rs\nfn x() {}\n```\n\n```Rust,no_run\nfn x() {}\n```").finds(str![[r#"
error[misnamed-rust]: `rs` is not the name of a language here
  --> src/en/01_start/01_one.md:33:4
   |
33 | ```rs
   |    ^^ not highlighted and not tested as Rust
   |
help: write `rust`

error[misnamed-rust]: `Rust` is not the name of a language here
  --> src/en/01_start/01_one.md:37:4
   |
37 | ```Rust,no_run
   |    ^^^^ not highlighted and not tested as Rust
   |
help: write `rust`

error[misnamed-rust]: `rs` is not the name of a language here
  --> src/ru/01_start/01_one.md:31:4
   |
31 | ```rs
   |    ^^ not highlighted and not tested as Rust
   |
help: write `rust`

error[misnamed-rust]: `Rust` is not the name of a language here
  --> src/ru/01_start/01_one.md:35:4
   |
35 | ```Rust,no_run
   |    ^^^^ not highlighted and not tested as Rust
   |
help: write `rust`

4 errors

"#]]);
}

#[test]
fn the_language_comes_before_the_marks() {
    with_block("```no_run\nfn x() {}\n```").finds(str![[r#"
error[misnamed-rust]: `no_run` is not the name of a language here
  --> src/en/01_start/01_one.md:33:4
   |
33 | ```no_run
   |    ^^^^^^ not highlighted and not tested as Rust
   |
help: write `rust,no_run`: the first word is the language

error[misnamed-rust]: `no_run` is not the name of a language here
  --> src/ru/01_start/01_one.md:31:4
   |
31 | ```no_run
   |    ^^^^^^ not highlighted and not tested as Rust
   |
help: write `rust,no_run`: the first word is the language

2 errors

"#]]);
}

#[test]
fn no_block_is_ignored() {
    with_block("```rust,ignore\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n```\n\n```ignore\nx\n```").finds(str![[r#"
error[ignored-rust]: no Rust in this book goes untested
  --> src/en/01_start/01_one.md:33:9
   |
33 | ```rust,ignore
   |         ^^^^^^ neither compiled nor run
   |
help: if it can't be run, write `no_run`; if it must not compile, `compile_fail` and the error's code

error[ignored-rust]: no Rust in this book goes untested
  --> src/en/01_start/01_one.md:37:4
   |
37 | ```ignore
   |    ^^^^^^ neither compiled nor run
   |
help: if it can't be run, write `no_run`; if it must not compile, `compile_fail` and the error's code

error[ignored-rust]: no Rust in this book goes untested
  --> src/ru/01_start/01_one.md:31:9
   |
31 | ```rust,ignore
   |         ^^^^^^ neither compiled nor run
   |
help: if it can't be run, write `no_run`; if it must not compile, `compile_fail` and the error's code

error[ignored-rust]: no Rust in this book goes untested
  --> src/ru/01_start/01_one.md:35:4
   |
35 | ```ignore
   |    ^^^^^^ neither compiled nor run
   |
help: if it can't be run, write `no_run`; if it must not compile, `compile_fail` and the error's code

4 errors

"#]]);
}

#[test]
fn a_mark_is_a_known_one() {
    with_block("```rust,norun,hidelines=!!\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n```").finds(str![[r#"
error[unknown-mark]: `norun` is not a mark of a Rust block
  --> src/en/01_start/01_one.md:33:9
   |
33 | ```rust,norun,hidelines=!!
   |         ^^^^^ has no effect
   |
help: the marks are `no_run`, `compile_fail`, `should_panic`, `edition2024`, `standalone_crate`, `editable`, and error codes

error[unknown-mark]: `hidelines=!!` is not a mark of a Rust block
  --> src/en/01_start/01_one.md:33:15
   |
33 | ```rust,norun,hidelines=!!
   |               ^^^^^^^^^^^^ has no effect
   |
help: the marks are `no_run`, `compile_fail`, `should_panic`, `edition2024`, `standalone_crate`, `editable`, and error codes

error[unknown-mark]: `norun` is not a mark of a Rust block
  --> src/ru/01_start/01_one.md:31:9
   |
31 | ```rust,norun,hidelines=!!
   |         ^^^^^ has no effect
   |
help: the marks are `no_run`, `compile_fail`, `should_panic`, `edition2024`, `standalone_crate`, `editable`, and error codes

error[unknown-mark]: `hidelines=!!` is not a mark of a Rust block
  --> src/ru/01_start/01_one.md:31:15
   |
31 | ```rust,norun,hidelines=!!
   |               ^^^^^^^^^^^^ has no effect
   |
help: the marks are `no_run`, `compile_fail`, `should_panic`, `edition2024`, `standalone_crate`, `editable`, and error codes

4 errors

"#]]);
}

#[test]
fn all_known_marks_pass() {
    with_block("```rust,should_panic,edition2024,standalone_crate,editable\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n```").passes();
}

#[test]
fn other_languages_may_have_any_marks() {
    with_block("```toml,whatever\n[a]\n```").passes();
}

#[test]
fn a_block_ends() {
    with_block("```text\nand then").finds(str![[r#"
error[unclosed-fence]: this code block does not end
  --> src/en/01_start/01_one.md:33:1
   |
33 | ```text
   | ^^^^^^^ what follows is taken for code
   |
help: close it with the same fence on a line of its own

error[unclosed-fence]: this code block does not end
  --> src/ru/01_start/01_one.md:31:1
   |
31 | ```text
   | ^^^^^^^ what follows is taken for code
   |
help: close it with the same fence on a line of its own

2 errors

"#]]);
}

#[test]
fn a_block_in_a_quote_or_a_list_ends_with_its_own_fence() {
    with_block("> ````text\n> ```\n> ````\n\n- ~~~text\n  x\n  ~~~").passes();
}

#[test]
fn rust_is_not_written_into_the_chapter() {
    with_block("> ```rust\n> {{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n>   first();\n> ```").finds(str![[r#"
error[literal-rust]: Rust that is written into the chapter
  --> src/en/01_start/01_one.md:35:5
   |
35 | >   first();
   |     ^^^^^^^^ in no example, so no test runs it
   |
help: put it into the chapter's crate below examples/, between `// ANCHOR: name` and `// ANCHOR_END: name`, and include it

error[literal-rust]: Rust that is written into the chapter
  --> src/ru/01_start/01_one.md:33:5
   |
33 | >   first();
   |     ^^^^^^^^ in no example, so no test runs it
   |
help: put it into the chapter's crate below examples/, between `// ANCHOR: name` and `// ANCHOR_END: name`, and include it

2 errors

"#]]);
}

#[test]
fn a_rust_block_is_not_empty() {
    with_block("```rust\n```").finds(str![[r#"
error[literal-rust]: a Rust block without any Rust
  --> src/en/01_start/01_one.md:33:1
   |
33 | ```rust
   | ^^^^^^^ shows nothing
   |
help: remove the block, or include the lines that it shall show

error[literal-rust]: a Rust block without any Rust
  --> src/ru/01_start/01_one.md:31:1
   |
31 | ```rust
   | ^^^^^^^ shows nothing
   |
help: remove the block, or include the lines that it shall show

2 errors

"#]]);
}

#[test]
fn rust_comes_from_an_example() {
    Book::new()
        .write("snippets/x.rs", "fn x() {}\n")
        .append_to_both("\n```rust\n{{#include ../../../snippets/x.rs}}\n```\n\n```rust\n{{#include ../../../examples/01_01_demo/output.txt}}\n```\n")
        .finds(str![[r#"
error[outside-examples]: `snippets/x.rs` is not Rust code of an example
  --> src/en/01_start/01_one.md:34:1
   |
34 | {{#include ../../../snippets/x.rs}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ compiled by no crate
   |
help: the Rust in this book is shown from the `.rs` files below examples/

error[outside-examples]: `examples/01_01_demo/output.txt` is not Rust code of an example
  --> src/en/01_start/01_one.md:38:1
   |
38 | {{#include ../../../examples/01_01_demo/output.txt}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ compiled by no crate
   |
help: the Rust in this book is shown from the `.rs` files below examples/

error[outside-examples]: `snippets/x.rs` is not Rust code of an example
  --> src/ru/01_start/01_one.md:32:1
   |
32 | {{#include ../../../snippets/x.rs}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ compiled by no crate
   |
help: the Rust in this book is shown from the `.rs` files below examples/

error[outside-examples]: `examples/01_01_demo/output.txt` is not Rust code of an example
  --> src/ru/01_start/01_one.md:36:1
   |
36 | {{#include ../../../examples/01_01_demo/output.txt}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ compiled by no crate
   |
help: the Rust in this book is shown from the `.rs` files below examples/

4 errors

"#]]);
}

#[test]
fn a_block_shows_one_file() {
    with_block("```rust\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n{{#include ../../../examples/01_01_demo/compile_fail/moved.rs:moved}}\n```").finds(str![[r#"
error[mixed-files]: this block mixes two files
  --> src/en/01_start/01_one.md:35:1
   |
35 | {{#include ../../../examples/01_01_demo/compile_fail/moved.rs:moved}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ another file than the one above
   |
help: a block is compiled as one file, with the lines that it does not show: make two blocks

error[mixed-files]: this block mixes two files
  --> src/ru/01_start/01_one.md:33:1
   |
33 | {{#include ../../../examples/01_01_demo/compile_fail/moved.rs:moved}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ another file than the one above
   |
help: a block is compiled as one file, with the lines that it does not show: make two blocks

2 errors

"#]]);
}

#[test]
fn a_block_shows_its_file_in_order() {
    with_block("```rust\n{{#include ../../../examples/01_01_demo/src/lib.rs:second}}\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n```").finds(str![[r#"
error[include-order]: these lines do not follow those above them
  --> src/en/01_start/01_one.md:35:1
   |
35 | {{#include ../../../examples/01_01_demo/src/lib.rs:first}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ further up in the file, or shown already
   |
help: a block shows its file with the other lines folded away: include in the file's order, each line once

error[include-order]: these lines do not follow those above them
  --> src/ru/01_start/01_one.md:33:1
   |
33 | {{#include ../../../examples/01_01_demo/src/lib.rs:first}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ further up in the file, or shown already
   |
help: a block shows its file with the other lines folded away: include in the file's order, each line once

2 errors

"#]]);
}

#[test]
fn a_block_shows_a_line_once() {
    with_block("```rust\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n```").finds(str![[r#"
error[include-order]: these lines do not follow those above them
  --> src/en/01_start/01_one.md:35:1
   |
35 | {{#include ../../../examples/01_01_demo/src/lib.rs:first}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ further up in the file, or shown already
   |
help: a block shows its file with the other lines folded away: include in the file's order, each line once

error[include-order]: these lines do not follow those above them
  --> src/ru/01_start/01_one.md:33:1
   |
33 | {{#include ../../../examples/01_01_demo/src/lib.rs:first}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ further up in the file, or shown already
   |
help: a block shows its file with the other lines folded away: include in the file's order, each line once

2 errors

"#]]);
}

#[test]
fn a_block_may_show_several_parts_in_order() {
    with_block("```rust\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n\n{{#include ../../../examples/01_01_demo/src/lib.rs:second}}\n```").passes();
}

#[test]
fn a_block_that_is_not_run_says_why() {
    with_block("```rust,no_run\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n```")
        .finds(str![[r#"
error[no-run-reason]: this block is not run, and does not say why
  --> src/en/01_start/01_one.md:33:9
   |
33 | ```rust,no_run
   |         ^^^^^^ compiled only
   |
help: give the reason on the line above the block: `<!-- no_run: it waits for a connection -->`

error[no-run-reason]: this block is not run, and does not say why
  --> src/ru/01_start/01_one.md:31:9
   |
31 | ```rust,no_run
   |         ^^^^^^ compiled only
   |
help: give the reason on the line above the block: `<!-- no_run: it waits for a connection -->`

2 errors

"#]]);
}

#[test]
fn a_comment_further_up_or_about_something_else_is_no_reason() {
    let block = "```rust,no_run\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n```";
    for above in [
        "<!-- no_run: it waits -->\n\nText.\n\n",
        "<!-- no_run: -->\n",
        "<!-- it waits -->\n",
    ] {
        let book = with_block(&format!("{above}{block}"));
        book.check().assert().code(1).stderr_eq(str![[r#"
error[no-run-reason]: [..]
...
"#]]);
    }
}

#[test]
fn a_reason_may_have_several_lines_and_stand_in_a_quote() {
    with_block("> <!-- no_run: it waits\n> for a connection -->\n>\n> ```rust,no_run\n> {{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n> ```").passes();
}

#[test]
fn a_block_that_must_not_compile_names_the_error() {
    with_block("```rust,compile_fail\n{{#include ../../../examples/01_01_demo/compile_fail/moved.rs:moved}}\n```").finds(str![[r#"
error[missing-error-code]: this block says that it does not compile, and not why
  --> src/en/01_start/01_one.md:33:9
   |
33 | ```rust,compile_fail
   |         ^^^^^^^^^^^^ any error would do, a typing mistake too
   |
help: name the error: `compile_fail,E0277`

error[missing-error-code]: this block says that it does not compile, and not why
  --> src/ru/01_start/01_one.md:31:9
   |
31 | ```rust,compile_fail
   |         ^^^^^^^^^^^^ any error would do, a typing mistake too
   |
help: name the error: `compile_fail,E0277`

2 errors

"#]]);
}

#[test]
fn the_compiler_s_words_are_kept() {
    with_block("```rust,compile_fail,E0277\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\n```").finds(str![[r#"
error[missing-stderr]: there is no file `examples/01_01_demo/src/lib.stderr`
  --> src/en/01_start/01_one.md:33:9
   |
33 | ```rust,compile_fail,E0277
   |         ^^^^^^^^^^^^ what the compiler says is kept nowhere
   |
help: keep what the compiler says about `examples/01_01_demo/src/lib.rs` in a file beside it

error[missing-stderr]: there is no file `examples/01_01_demo/src/lib.stderr`
  --> src/ru/01_start/01_one.md:31:9
   |
31 | ```rust,compile_fail,E0277
   |         ^^^^^^^^^^^^ what the compiler says is kept nowhere
   |
help: keep what the compiler says about `examples/01_01_demo/src/lib.rs` in a file beside it

2 errors

"#]]);
}

#[test]
fn the_error_is_the_one_that_the_compiler_gives() {
    with_block("```rust,compile_fail,E0277\n{{#include ../../../examples/01_01_demo/compile_fail/moved.rs:moved}}\n```").finds(str![[r#"
error[other-error-code]: this block gives another error than `E0277`
  --> src/en/01_start/01_one.md:33:22
   |
33 | ```rust,compile_fail,E0277
   |                      ^^^^^ `examples/01_01_demo/compile_fail/moved.stderr` has `E0382`
   |
help: the first error of the compiler is the one to name

error[other-error-code]: this block gives another error than `E0277`
  --> src/ru/01_start/01_one.md:31:22
   |
31 | ```rust,compile_fail,E0277
   |                      ^^^^^ `examples/01_01_demo/compile_fail/moved.stderr` has `E0382`
   |
help: the first error of the compiler is the one to name

2 errors

"#]]);
}

#[test]
fn a_block_of_a_missing_file_has_no_other_fault() {
    with_block("```rust,compile_fail,E0277\n{{#include ../../../examples/01_01_demo/compile_fail/nowhere.rs}}\n```").finds(str![[r#"
error[missing-file]: there is no file `examples/01_01_demo/compile_fail/nowhere.rs`
  --> src/en/01_start/01_one.md:34:1
   |
34 | {{#include ../../../examples/01_01_demo/compile_fail/nowhere.rs}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such file
   |
help: the path is relative to the chapter's folder, `src/en/01_start`

error[missing-file]: there is no file `examples/01_01_demo/compile_fail/nowhere.rs`
  --> src/ru/01_start/01_one.md:32:1
   |
32 | {{#include ../../../examples/01_01_demo/compile_fail/nowhere.rs}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such file
   |
help: the path is relative to the chapter's folder, `src/ru/01_start`

2 errors

"#]]);
}

#[test]
fn only_the_first_error_counts() {
    Book::new()
        .write(
            "examples/01_01_demo/compile_fail/moved.stderr",
            "error: x\nerror[E0277]: y\nerror[E0382]: z\n",
        )
        .finds(str![[r#"
error[other-error-code]: this block gives another error than `E0382`
  --> src/en/01_start/01_one.md:27:22
   |
27 | ```rust,compile_fail,E0382
   |                      ^^^^^ `examples/01_01_demo/compile_fail/moved.stderr` has `E0277`
   |
help: the first error of the compiler is the one to name

error[other-error-code]: this block gives another error than `E0382`
  --> src/ru/01_start/01_one.md:25:22
   |
25 | ```rust,compile_fail,E0382
   |                      ^^^^^ `examples/01_01_demo/compile_fail/moved.stderr` has `E0277`
   |
help: the first error of the compiler is the one to name

2 errors

"#]]);
}

#[test]
fn an_error_without_a_code_is_not_the_one() {
    Book::new()
        .write(
            "examples/01_01_demo/compile_fail/moved.stderr",
            "error: x\n",
        )
        .finds(str![[r#"
error[other-error-code]: this block gives another error than `E0382`
  --> src/en/01_start/01_one.md:27:22
   |
27 | ```rust,compile_fail,E0382
   |                      ^^^^^ `examples/01_01_demo/compile_fail/moved.stderr` has no error with a code
   |
help: the first error of the compiler is the one to name

error[other-error-code]: this block gives another error than `E0382`
  --> src/ru/01_start/01_one.md:25:22
   |
25 | ```rust,compile_fail,E0382
   |                      ^^^^^ `examples/01_01_demo/compile_fail/moved.stderr` has no error with a code
   |
help: the first error of the compiler is the one to name

2 errors

"#]]);
}

#[test]
fn a_file_without_a_newline_at_its_end_can_be_shown() {
    let book = Book::new();
    let text = book.read(LIB);
    book.write(LIB, text.trim_end()).passes();
}
