use snapbox::str;

use crate::project::Book;

#[test]
fn an_example_s_folder_begins_with_the_chapter_s_number() {
    Book::new()
        .write("examples/timer/Cargo.toml", "[package]\nname = \"timer\"\n")
        .finds(str![[r#"
error[example-name]: `timer` does not begin with a chapter's number
--> examples/timer/Cargo.toml
 |
help: name the folder by part, chapter and topic: `02_03_timer`


"#]]);
}

#[test]
fn two_examples_have_two_names() {
    Book::new()
        .write(
            "examples/01_02_more/Cargo.toml",
            "[package]\nversion = \"0.1.0\"\nname = \"demo\"\n",
        )
        .finds(str![[r#"
error[package-name]: two examples are called `demo`
 --> examples/01_02_more/Cargo.toml:3:8
  |
3 | name = "demo"
  |        ^^^^^^ examples/01_01_demo has this name already
  |
help: give one of the two another name


"#]]);
}

#[test]
fn an_example_has_a_manifest_that_cargo_can_read() {
    Book::new()
        .write("examples/01_02_more/Cargo.toml", "[package]\n")
        .write("examples/01_03_most/Cargo.toml", "[package\n")
        .finds(str![[r#"
error[bad-toml]: missing field `name`
 --> examples/01_02_more/Cargo.toml:1:1
  |
1 | [package]
  | ^^^^^^^^^

error[bad-toml]: unclosed table, expected `]`
 --> examples/01_03_most/Cargo.toml:1:9
  |
1 | [package
  |         ^

2 errors

"#]]);
}

#[test]
fn a_second_example_passes() {
    Book::new()
        .write(
            "examples/01_02_two_words/Cargo.toml",
            "[package]\nname = \"more\"\n",
        )
        .passes();
}

#[test]
fn an_example_has_the_number_of_a_chapter() {
    Book::new()
        .write(
            "examples/01_09_demo/Cargo.toml",
            "[package]\nname = \"nine\"\n",
        )
        .finds(str![[r#"
error[example-chapter]: there is no chapter 01_09 in src/en
--> examples/01_09_demo/Cargo.toml
 |
help: an example has the number of its chapter: `02_03_timer` belongs to `02_execution/03_wakeups.md`


"#]]);
}

#[test]
fn two_examples_have_no_programs_of_one_name() {
    let main = "fn main() {}\n";
    let more = || {
        Book::new()
            .write(
                "examples/01_02_more/Cargo.toml",
                "[package]\nname = \"more\"\n",
            )
            .write("examples/01_02_more/src/main.rs", main)
            .write("examples/01_02_more/src/bin/lost.rs", main)
            .write("examples/01_02_more/src/bin/lost/helper.rs", "")
            .write("examples/01_02_more/src/bin/notes.txt", "")
    };
    more()
        .write("examples/01_01_demo/src/bin/found.rs", main)
        .passes();
    more()
        .write("examples/01_01_demo/src/bin/lost/main.rs", main)
        .finds(str![[r#"
error[program-name]: two examples have a program called `lost`
--> examples/01_02_more/src/bin/lost.rs
 |
help: `examples/01_01_demo/src/bin/lost/main.rs` is the other one, and cargo writes both to the same file: give one of the two another name


"#]]);
    more()
        .write("examples/01_01_demo/src/bin/more.rs", main)
        .finds(str![[r#"
error[program-name]: two examples have a program called `more`
--> examples/01_02_more/src/main.rs
 |
help: `examples/01_01_demo/src/bin/more.rs` is the other one, and cargo writes both to the same file: give one of the two another name


"#]]);
}
