use snapbox::str;

use crate::project::Book;

const MANIFEST: &str = "ci/doctests/Cargo.toml";

fn listing(dependencies: &str) -> Book {
    Book::new()
        .write(MANIFEST, format!("[package]\nname = \"doctests\"\n\n[dependencies]\n{dependencies}"))
        .write(
            "examples/01_02_more/Cargo.toml",
            "[package]\nname = \"two-words\"\n\n[dependencies]\ndemo = { path = \"../01_01_demo\" }\nserde = \"1\"\n",
        )
        .write(
            "examples/01_02_more/src/main.rs",
            "// ANCHOR: main\nfn main() {\n    two_words::go(demo::first());\n    serde::forget();\n}\n// ANCHOR_END: main\n",
        )
        .append(
            "src/en/01_start/02_two.md",
            "\n```rust\n{{#include ../../../examples/01_02_more/src/main.rs:main}}\n```\n",
        )
}

#[test]
fn what_the_blocks_name_is_listed_for_their_tests() {
    listing("").finds(str![[r#"
error[undeclared-crate]: ci/doctests/Cargo.toml does not list `demo`
 --> src/en/01_start/02_two.md:5:4
  |
5 | ```rust
  |    ^^^^ this block names `demo`
  |
help: its tests compile this block: add to its dependencies `demo = { path = "../../examples/01_01_demo" }`

error[undeclared-crate]: ci/doctests/Cargo.toml does not list `serde`
 --> src/en/01_start/02_two.md:5:4
  |
5 | ```rust
  |    ^^^^ this block names `serde`
  |
help: its tests compile this block: add to its dependencies `serde`, as the example's own Cargo.toml has it

error[undeclared-crate]: ci/doctests/Cargo.toml does not list `two_words`
 --> src/en/01_start/02_two.md:5:4
  |
5 | ```rust
  |    ^^^^ this block names `two_words`
  |
help: its tests compile this block: add to its dependencies `two-words = { path = "../../examples/01_02_more" }`

3 errors

"#]]);
    listing("demo = { path = \"../../examples/01_01_demo\" }\nserde = \"1\"\n").finds(str![[r#"
error[undeclared-crate]: ci/doctests/Cargo.toml does not list `two_words`
 --> src/en/01_start/02_two.md:5:4
  |
5 | ```rust
  |    ^^^^ this block names `two_words`
  |
help: its tests compile this block: add to its dependencies `two-words = { path = "../../examples/01_02_more" }`


"#]]);
}

#[test]
fn what_is_listed_passes() {
    listing("demo = \"1\"\nserde = \"1\"\ntwo-words = \"1\"\n").passes();
}

#[test]
fn a_book_whose_blocks_nobody_compiles_needs_no_list() {
    listing("").remove(MANIFEST).passes();
}

#[test]
fn a_list_that_is_no_toml_is_told() {
    Book::new()
        .write(MANIFEST, "[dependencies\n")
        .finds(str![[r#"
error[bad-toml]: unclosed table, expected `]`
 --> ci/doctests/Cargo.toml:1:14
  |
1 | [dependencies
  |              ^


"#]]);
}
