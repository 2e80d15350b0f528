use snapbox::str;

use crate::project::{Book, EN, RU};

const FILE: &str = "examples/01_01_demo/recordings/run.json";

const PLAN: &str = "examples/01_01_demo/recordings/run.toml";

const LINES: &str = "lines = [\"src/lib.rs\"]\n";

const DIRECTIVE: &str = "\n{{#recording ../../../examples/01_01_demo/recordings/run.json}}\n";

const RECORDING: &str = r#"{"program": "cargo run -p demo",
"threads": ["main"],
"tasks": 1,
"steps": [
{"thread":0,"at":"examples/01_01_demo/src/main.rs:2","event":"line","code":"first();"},
{"thread":0,"event":"created","task":1,"name":"Task"},
{"thread":0,"event":"park","cause":0}
]}
"#;

/// The book with a recording in both editions.
fn book() -> Book {
    Book::new()
        .write(PLAN, LINES)
        .write(FILE, RECORDING)
        .append_to_both(DIRECTIVE)
}

/// The book with another step in the place of the second.
fn with_step(step: &str) -> Book {
    let step = RECORDING.replace(
        r#"{"thread":0,"event":"created","task":1,"name":"Task"}"#,
        step,
    );
    Book::new()
        .write(PLAN, LINES)
        .write(FILE, step)
        .append_to_both(DIRECTIVE)
}

#[test]
fn a_chapter_shows_a_recording_and_leads_to_its_steps() {
    book()
        .append_to_both("\n[3](#run-3) and [1 to 3](#run-3), [the run](#run), [one](#run-1)\n")
        .append("src/en/01_start/02_two.md", "\n[There](01_one.md#run-2)\n")
        .passes();
}

#[test]
fn a_missing_recording_says_how_it_is_made() {
    Book::new().append_to_both(DIRECTIVE).finds(str![[r#"
error[missing-file]: there is no file `examples/01_01_demo/recordings/run.json`
  --> src/en/01_start/01_one.md:33:1
   |
33 | {{#recording ../../../examples/01_01_demo/recordings/run.json}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such file
   |
help: run `cargo book record 01_01`, if `examples/01_01_demo/recordings/run.toml` says what to record

error[missing-file]: there is no file `examples/01_01_demo/recordings/run.json`
  --> src/ru/01_start/01_one.md:31:1
   |
31 | {{#recording ../../../examples/01_01_demo/recordings/run.json}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such file
   |
help: run `cargo book record 01_01`, if `examples/01_01_demo/recordings/run.toml` says what to record

2 errors

"#]]);
}

#[test]
fn a_recording_is_json() {
    Book::new()
        .write(PLAN, LINES)
        .write(FILE, RECORDING.replace("\"tasks\": 1,\n", "\"tasks\": 1\n"))
        .append_to_both(DIRECTIVE)
        .finds(str![[r#"
error[bad-recording]: expected `,` or `}`
 --> examples/01_01_demo/recordings/run.json:4:1
  |
4 | "steps": [
  | ^
  |
help: run `cargo book record 01_01`


"#]]);
}

#[test]
fn a_recording_has_steps() {
    let (head, _) = RECORDING.split_once("[\n").unwrap();
    Book::new()
        .write(PLAN, LINES)
        .write(FILE, format!("{head}[]}}\n"))
        .append_to_both(DIRECTIVE)
        .finds(str![[r#"
error[bad-recording]: a recording has a thread and a step
 --> examples/01_01_demo/recordings/run.json:1:1
  |
1 | {"program": "cargo run -p demo",
  | ^
  |
help: run `cargo book record 01_01`


"#]]);
}

#[test]
fn an_event_is_a_known_one() {
    with_step(r#"{"thread":0,"event":"sleep"}"#).finds(str![[r#"
error[bad-recording]: unknown variant `sleep`, expected one of `line`, `created`, `queued`, `taken`, `idle`, `finished`, `poll`, `pending`, `ready`, `suspend`, `resume`, `waker`, `clone`, `drop`, `wake`, `spawn`, `start`, `end`, `join_wait`, `join`, `park`, `unpark`, `unparked`, `lock`, `lock_wait`, `unlock`, `send`, `receive`, `receive_wait`, `closed`, `send_wait`, `condvar_wait`, `notify`, `timer`, `fired`, `cancelled`, `state`, `panic`, `deadlock`, `cut`
 --> examples/01_01_demo/recordings/run.json:6:28
  |
6 | {"thread":0,"event":"sleep"},
  |                            ^
  |
help: run `cargo book record 01_01`


"#]]);
}

#[test]
fn an_event_has_its_fields() {
    with_step(r#"{"thread":0,"event":"created","task":1}"#).finds(str![[r#"
error[bad-recording]: missing field `name`
 --> examples/01_01_demo/recordings/run.json:6:39
  |
6 | {"thread":0,"event":"created","task":1},
  |                                       ^
  |
help: run `cargo book record 01_01`


"#]]);
}

#[test]
fn a_step_names_a_thread_that_is_there() {
    with_step(r#"{"thread":0,"event":"spawn","other":1}"#).finds(str![[r#"
error[bad-recording]: there is no thread 1
 --> examples/01_01_demo/recordings/run.json:6:1
  |
6 | {"thread":0,"event":"spawn","other":1},
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
help: run `cargo book record 01_01`


"#]]);
}

#[test]
fn a_step_names_a_task_that_is_there() {
    with_step(r#"{"thread":0,"event":"queued","task":1,"queue":[1,2]}"#).finds(str![[r#"
error[bad-recording]: there is no task 2
 --> examples/01_01_demo/recordings/run.json:6:1
  |
6 | {"thread":0,"event":"queued","task":1,"queue":[1,2]},
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
help: run `cargo book record 01_01`


"#]]);
}

#[test]
fn a_cause_comes_before_its_step() {
    with_step(r#"{"thread":0,"event":"start","cause":1}"#).finds(str![[r#"
error[bad-recording]: the cause of a step comes before it
 --> examples/01_01_demo/recordings/run.json:6:1
  |
6 | {"thread":0,"event":"start","cause":1},
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
help: run `cargo book record 01_01`


"#]]);
}

#[test]
fn a_step_stands_at_a_line() {
    with_step(r#"{"thread":0,"at":"src/main.rs","event":"start"}"#).finds(str![[r#"
error[bad-recording]: `at` is a file and a line, `FILE:LINE`
 --> examples/01_01_demo/recordings/run.json:6:1
  |
6 | {"thread":0,"at":"src/main.rs","event":"start"},
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
help: run `cargo book record 01_01`


"#]]);
}

#[test]
fn a_recording_is_a_paragraph_of_its_own() {
    Book::new()
        .write(PLAN, LINES)
        .write(FILE, RECORDING)
        .append_to_both(&format!("\nLook:{DIRECTIVE}"))
        .finds(str![[r#"
error[recording-in-paragraph]: a recording inside of something else
  --> src/en/01_start/01_one.md:34:1
   |
34 | {{#recording ../../../examples/01_01_demo/recordings/run.json}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not a paragraph of its own
   |
help: put it on a line of its own, between empty lines

error[recording-in-paragraph]: a recording inside of something else
  --> src/ru/01_start/01_one.md:32:1
   |
32 | {{#recording ../../../examples/01_01_demo/recordings/run.json}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not a paragraph of its own
   |
help: put it on a line of its own, between empty lines

2 errors

"#]]);
}

#[test]
fn a_recording_is_shown_once() {
    book().append_to_both(DIRECTIVE).finds(str![[r#"
error[duplicate-id]: the id `run` is used twice in this chapter
  --> src/en/01_start/01_one.md:35:1
   |
35 | {{#recording ../../../examples/01_01_demo/recordings/run.json}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ line 33 has it already
   |
help: a recording's id is its file's name: show it once, or give one of the two files another name

error[duplicate-id]: the id `run` is used twice in this chapter
  --> src/ru/01_start/01_one.md:33:1
   |
33 | {{#recording ../../../examples/01_01_demo/recordings/run.json}}
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ line 31 has it already
   |
help: a recording's id is its file's name: show it once, or give one of the two files another name

2 errors

"#]]);
}

#[test]
fn a_recording_and_a_heading_have_different_ids() {
    book().append_to_both("\n## Run {#run}\n").finds(str![[r#"
error[duplicate-id]: the id `run` is used twice in this chapter
  --> src/en/01_start/01_one.md:35:1
   |
35 | ## Run {#run}
   | ^^^^^^^^^^^^^ line 33 has it already
   |
help: a link can lead to one place only: give one of the two another id

error[duplicate-id]: the id `run` is used twice in this chapter
  --> src/ru/01_start/01_one.md:33:1
   |
33 | ## Run {#run}
   | ^^^^^^^^^^^^^ line 31 has it already
   |
help: a link can lead to one place only: give one of the two another id

2 errors

"#]]);
}

#[test]
fn a_directive_names_a_recording() {
    Book::new()
        .append_to_both("\n{{#recording run}}\n")
        .finds(str![[r#"
error[bad-recording]: this names no recording
  --> src/en/01_start/01_one.md:33:1
   |
33 | {{#recording run}}
   | ^^^^^^^^^^^^^^^^^^
   |
help: write `{{#recording path/from/this/chapter/to/recordings/ID.json}}`

error[bad-recording]: this names no recording
  --> src/ru/01_start/01_one.md:31:1
   |
31 | {{#recording run}}
   | ^^^^^^^^^^^^^^^^^^
   |
help: write `{{#recording path/from/this/chapter/to/recordings/ID.json}}`

2 errors

"#]]);
}

#[test]
fn editions_show_the_same_recordings() {
    Book::new()
        .write(PLAN, LINES)
        .write(FILE, RECORDING)
        .append(EN, DIRECTIVE)
        .finds(str![[r#"
error[missing-block]: the English chapter has the recording `examples/01_01_demo/recordings/run.json` here
  --> src/ru/01_start/01_one.md:29:65
   |
29 | В [следующей главе](02_two.md) есть <a id="picture">картинка</a>.
   |                                                                 ^ this section ends without it
   |
help: copy it unchanged: see src/en/01_start/01_one.md:33


"#]]);
}

#[test]
fn a_link_leads_to_a_step_that_is_there() {
    book().append_to_both("\n[Step](#run-4)\n").finds(str![[r#"
error[dead-fragment]: the recording `run` has no step 4
  --> src/en/01_start/01_one.md:35:8
   |
35 | [Step](#run-4)
   |        ^^^^^^ no such place on that page
   |
help: its steps are `#run-1` to `#run-3`

error[dead-fragment]: the recording `run` has no step 4
  --> src/ru/01_start/01_one.md:33:8
   |
33 | [Step](#run-4)
   |        ^^^^^^ no such place on that page
   |
help: its steps are `#run-1` to `#run-3`

2 errors

"#]]);
}

#[test]
fn a_link_says_the_number_of_its_step() {
    book()
        .append(EN, "\n[Step 2](#run-3)\n")
        .append(RU, "\n[Шаг 3](#run-3)\n")
        .finds(str![[r#"
error[wrong-step]: this link leads to step 3
  --> src/en/01_start/01_one.md:35:7
   |
35 | [Step 2](#run-3)
   |       ^ another number
   |
help: write `3`, or link to the step that you mean


"#]]);
}

#[test]
fn a_caption_has_its_placeholders() {
    Book::new()
        .replace(
            "src/en/language.toml",
            "Thread {thread} parks.",
            "A thread parks.",
        )
        .finds(str![[r#"
error[bad-toml]: the placeholder `{thread}` is missing
  --> src/en/language.toml:83:8
   |
83 | park = "A thread parks."
   |        ^^^^^^^^^^^^^^^^^


"#]]);
}

#[test]
fn a_caption_has_no_other_placeholders() {
    Book::new()
        .replace(
            "src/ru/language.toml",
            "Поток {thread} паркуется.",
            "Поток {thread} паркуется в {name}.",
        )
        .finds(str![[r#"
error[bad-toml]: there is no value for the placeholder `{name}` here
  --> src/ru/language.toml:83:8
   |
83 | park = "Поток {thread} паркуется в {name}."
   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^


"#]]);
}

#[test]
fn every_event_has_a_caption() {
    Book::new()
        .replace("src/en/language.toml", "\npark = ", "\nparks = ")
        .finds(str![[r#"
error[bad-toml]: recorded runs have no word `parks`
  --> src/en/language.toml:83:9
   |
83 | parks = "Thread {thread} parks."
   |         ^^^^^^^^^^^^^^^^^^^^^^^^


"#]]);
    Book::new()
        .replace(
            "src/en/language.toml",
            "\npark = \"Thread {thread} parks.\"",
            "",
        )
        .finds(str![[r#"
error[bad-toml]: missing field `park`
  --> src/en/language.toml:25:1
   |
25 | [strings.recording]
   | ^^^^^^^^^^^^^^^^^^^


"#]]);
}

#[test]
fn a_recording_has_a_plan() {
    Book::new()
        .write(FILE, RECORDING)
        .append_to_both(DIRECTIVE)
        .finds(str![[r#"
error[unplanned-recording]: nothing says how this was recorded
--> examples/01_01_demo/recordings/run.json
 |
help: write the plan beside it, `NAME.toml`, or remove it


"#]]);
}

#[test]
fn a_recording_is_shown() {
    Book::new()
        .write(PLAN, LINES)
        .write(FILE, RECORDING)
        .finds(str![[r#"
error[unused-recording]: no English chapter shows this recording
--> examples/01_01_demo/recordings/run.toml
 |
help: show it, `{{#recording …}}`, or remove both of its files


"#]]);
}

#[test]
fn a_plan_can_be_followed() {
    Book::new()
        .write(PLAN, "lines = [\"src/nowhere.rs\"]\n")
        .write(FILE, RECORDING)
        .append_to_both(DIRECTIVE)
        .finds(str![[r#"
error[bad-recording]: `src/nowhere.rs`: there is no such file
 --> examples/01_01_demo/recordings/run.toml:1:10
  |
1 | lines = ["src/nowhere.rs"]
  |          ^^^^^^^^^^^^^^^^
  |
help: the path begins at the crate's folder: `src/main.rs`


"#]]);
}
