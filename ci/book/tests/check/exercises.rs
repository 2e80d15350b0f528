use snapbox::str;

use crate::project::Book;

const FILES: [&str; 7] = [
    "exercise/start.rs",
    "exercise/tests.rs",
    "exercise/solution.rs",
    "exercise/fails.toml",
    "tests/start.rs",
    "tests/exercise.rs",
    "tests/solution.rs",
];

/// The small book with an exercise in its demo, described by `section`.
fn with_exercise(section: &str) -> Book {
    let mut book = Book::new();
    for file in FILES {
        book = book.write(&format!("examples/01_01_demo/{file}"), "\n");
    }
    book.append_to_both(section)
}

const SECTION: &str = "\n## Exercise {#exercise}\n\nDo it:\n\n```console\n$ cargo book exercise 01_01\n```\n\n<details>\n<summary>Hint</summary>\n\nNow.\n\n</details>\n";

#[test]
fn an_exercise_with_its_files_and_its_text_is_right() {
    with_exercise(SECTION).passes();
}

#[test]
fn an_exercise_has_all_its_files() {
    for file in FILES {
        with_exercise(SECTION)
            .remove(&format!("examples/01_01_demo/{file}"))
            .finds(format!(
                "error[exercise-file]: the exercise lacks `examples/01_01_demo/{file}`\n\
                 --> examples/01_01_demo/exercise\n |\n\
                 help: examples/02_03_timer shows what an exercise is made of\n\n"
            ));
    }
}

#[test]
fn the_chapter_describes_its_exercise() {
    with_exercise("").finds(str![[r#"
error[exercise-text]: the chapter does not describe its exercise
 --> src/en/01_start/01_one.md:1:1
  |
1 | # One {#one}
  | ^^^^^^^^^^^^ no heading below has the id `exercise`
  |
help: describe it under `## Exercise {#exercise}`: `cargo book exercise` shows that section


"#]]);
}

#[test]
fn the_chapter_shows_the_exercise_s_command() {
    with_exercise(&SECTION.replace("01_01", "01_02")).finds(str![[r#"
error[exercise-text]: the exercise's command is not shown
  --> src/en/01_start/01_one.md:35:1
   |
35 | Do it:
   | ^^^^^^ in this section
   |
help: show it in a block of its own, marked `console`: `$ cargo book exercise 01_01`


"#]]);
}

#[test]
fn an_exercise_has_a_hint() {
    let (section, _) = SECTION.split_once("<details>").unwrap();
    with_exercise(section).finds(str![[r#"
error[exercise-text]: the exercise has no hint
  --> src/en/01_start/01_one.md:35:1
   |
35 | Do it:
   | ^^^^^^ in this section
   |
help: fold it: `<details>`, `<summary>Hint</summary>`, an empty line, the hint, an empty line, `</details>`


"#]]);
}
