use std::fs;

use serde_json::{Value, json};
use snapbox::{cmd::Command, str};

use crate::project::{Book, EN, LIB, RU};

/// A book with three findings: in both chapters, where Cyrillic stands before it in one, and in an example.
fn broken() -> Book {
    Book::new()
        .replace(
            EN,
            "Read [the introduction](../introduction.md)",
            "Read [the introduction](../intro.md)",
        )
        .replace(
            RU,
            "Сначала прочтите [введение](../introduction.md)",
            "Сначала прочтите [введение](../intro.md)",
        )
        .append(LIB, "\n// ANCHOR: third\n")
}

#[test]
fn the_whole_book_passes() {
    Book::new()
        .check()
        .assert()
        .code(0)
        .stdout_eq("")
        .stderr_eq(str![[r#"
5 chapters in 2 editions: nothing to mend

"#]]);
}

#[test]
fn findings_come_in_the_order_of_editions_files_and_lines() {
    broken().finds(str![[r#"
error[dead-link]: there is no chapter `intro.md`
 --> src/en/01_start/01_one.md:3:25
  |
3 | Read [the introduction](../intro.md) first.
  |                         ^^^^^^^^^^^ leads nowhere
  |
help: link to a chapter that src/en/SUMMARY.md lists, by its path from this chapter's folder

error[dead-link]: there is no chapter `intro.md`
 --> src/ru/01_start/01_one.md:3:29
  |
3 | Сначала прочтите [введение](../intro.md), а затем про [`Future`](https://doc.rust-lang.org/std/future/).
  |                             ^^^^^^^^^^^ leads nowhere
  |
help: link to a chapter that src/en/SUMMARY.md lists, by its path from this chapter's folder

error[unclosed-anchor]: the anchor `third` is never closed
 --> examples/01_01_demo/src/lib.rs:9:12
  |
9 | // ANCHOR: third
  |            ^^^^^ opened here
  |
help: put `ANCHOR_END: third` below the region's last line

3 errors

"#]]);
}

#[test]
fn what_is_wrong_in_a_chapter_comes_in_the_order_of_its_lines_whatever_the_rule() {
    let book = Book::new()
        .append(
            EN,
            "\n[a](#first)\n\n{{#second}}\n\n[b](#third)\n\n## Fourth\n",
        )
        .append("src/en/SUMMARY.md", "- [Three](01_start/03_three.md)\n");
    let said = String::from_utf8(book.check().output().unwrap().stderr).unwrap();
    let words = [
        "`first`",
        "`second`",
        "`third`",
        "## Fourth",
        "03_three.md",
        "5 errors\n",
    ];
    let places: Vec<_> = words.iter().map(|word| said.find(word)).collect();
    assert!(places.is_sorted() && places[0].is_some(), "{said}");
}

#[test]
fn json_is_for_machines() {
    let output = broken()
        .check()
        .args(["--format", "json"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.is_empty());
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = document["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 3);
    assert_eq!(
        findings[1],
        json!({
            "rule": "dead-link",
            "message": "there is no chapter `intro.md`",
            "label": "leads nowhere",
            "file": "src/ru/01_start/01_one.md",
            "line": 3,
            "column": 29,
            "end_line": 3,
            "end_column": 40,
            "help": "link to a chapter that src/en/SUMMARY.md lists, by its path from this chapter's folder",
        })
    );
    let places: Vec<_> = findings
        .iter()
        .map(|finding| (&finding["file"], &finding["line"], &finding["column"]))
        .collect();
    assert_eq!(
        places[0],
        (&json!("src/en/01_start/01_one.md"), &json!(3), &json!(25))
    );
    assert_eq!(
        places[2],
        (
            &json!("examples/01_01_demo/src/lib.rs"),
            &json!(9),
            &json!(12)
        )
    );
}

#[test]
fn json_of_a_book_that_passes_is_an_empty_list() {
    let output = Book::new()
        .check()
        .args(["--format", "json"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
    assert_eq!(
        serde_json::from_slice::<Value>(&output.stdout).unwrap(),
        json!({"findings": []})
    );
}

#[test]
fn json_of_a_finding_without_a_place_has_nulls() {
    let book = Book::new().write("examples/timer/Cargo.toml", "[package]\nname = \"timer\"\n");
    let output = book.check().args(["--format", "json"]).output().unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let finding = &document["findings"][0];
    assert_eq!(finding["file"], "examples/timer/Cargo.toml");
    assert!(
        ["label", "line", "column", "end_line", "end_column"]
            .iter()
            .all(|name| finding[name] == Value::Null)
    );
}

#[test]
fn github_s_commands_stand_on_a_line_each() {
    broken()
        .check()
        .args(["--format", "github"])
        .assert()
        .code(1)
        .stderr_eq("")
        .stdout_eq(str![[r#"
::error file=src/en/01_start/01_one.md,line=3,endLine=3,col=25,endColumn=36,title=dead-link::there is no chapter `intro.md` (leads nowhere)%0Ahelp: link to a chapter that src/en/SUMMARY.md lists, by its path from this chapter's folder
::error file=src/ru/01_start/01_one.md,line=3,endLine=3,col=29,endColumn=40,title=dead-link::there is no chapter `intro.md` (leads nowhere)%0Ahelp: link to a chapter that src/en/SUMMARY.md lists, by its path from this chapter's folder
::error file=examples/01_01_demo/src/lib.rs,line=9,endLine=9,col=12,endColumn=17,title=unclosed-anchor::the anchor `third` is never closed (opened here)%0Ahelp: put `ANCHOR_END: third` below the region's last line

"#]]);
}

#[test]
fn github_s_commands_are_escaped() {
    // A name with a comma and a colon, a target with a per cent sign, and a file without a place.
    Book::new()
        .append("src/en/01_start/02_two.md", "\n[a](b%25.png)\n")
        .write("src/en/01_start/a,b:c.md", "# A {#a}\n")
        .write("examples/50%/Cargo.toml", "[package]\nname = \"fifty\"\n")
        .check()
        .args(["--format", "github"])
        .assert()
        .code(1)
        .stderr_eq("")
        .stdout_eq(str![[r#"
::error file=src/en/01_start/02_two.md,line=5,endLine=5,col=5,endColumn=13,title=dead-link::there is no file `01_start/b%25.png` (leads nowhere)%0Ahelp: the path is relative to the chapter's folder, `src/en/01_start`
::error file=src/en/01_start/a%2Cb%3Ac.md,line=1,endLine=1,col=1,endColumn=9,title=orphaned-chapter::src/en/SUMMARY.md does not list this chapter (no reader finds it)%0Ahelp: add `- [Title](01_start/a,b:c.md)` to src/en/SUMMARY.md, or delete the file
::error file=examples/50%25/Cargo.toml,title=example-name::`50%25` does not begin with a chapter's number%0Ahelp: name the folder by part, chapter and topic: `02_03_timer`

"#]]);
}

#[test]
fn github_gets_nothing_if_there_is_nothing() {
    Book::new()
        .check()
        .args(["--format", "github"])
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq("");
}

#[test]
fn colours_are_for_terminals() {
    let output = broken().check().output().unwrap();
    assert!(!output.stderr.contains(&0x1B));
    let output = broken().check().env("NO_COLOR", "1").output().unwrap();
    assert!(!output.stderr.contains(&0x1B));
    let forced = broken()
        .check()
        .env("CLICOLOR_FORCE", "1")
        .output()
        .unwrap();
    assert!(forced.stderr.contains(&0x1B));
}

#[test]
fn the_check_runs_in_any_folder_of_the_book() {
    let book = Book::new();
    book.check()
        .current_dir(book.path("examples/01_01_demo/src"))
        .assert()
        .code(0);
}

#[test]
fn without_a_book_there_is_nothing_to_check() {
    let folder = tempfile::tempdir().unwrap();
    let check = || {
        Command::new(env!("CARGO_BIN_EXE_book"))
            .arg("check")
            .current_dir(folder.path())
    };
    check().assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error[no-book]: there is no book at or above [..]
 |
help: run this inside the repository, where book.toml and src/en are


"#]]);
    let output = check().args(["--format", "json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["findings"][0]["rule"], "no-book");
}

#[test]
fn an_unknown_format_is_refused() {
    Book::new()
        .check()
        .args(["--format", "xml"])
        .assert()
        .code(2)
        .stdout_eq("");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_another_failure_than_a_finding() {
    use std::os::unix::fs::symlink;

    // Not even root reads it: a link may lead out of the repository, or to itself.
    let book = broken();
    symlink("loop.md", book.path("src/en/loop.md")).unwrap();
    book.check()
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error[not-a-file]: `src/en/loop.md` is neither a file nor a folder
--> src/en/loop.md
 |
help: put a real file there: a link would publish what it leads to


"#]]);

    let book = broken();
    symlink("loop.rs", book.path("examples/01_01_demo/src/loop.rs")).unwrap();
    let output = book.check().output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("error[not-a-file]: `examples/01_01_demo/src/loop.rs`"),
        "{said}"
    );
    assert!(
        said.contains("error[dead-link]"),
        "what could be looked at is reported as well: {said}"
    );
}

#[test]
fn a_chapter_that_is_not_utf8_is_found() {
    Book::new()
        .write(EN, b"# One {#one}\n\nCaf\xE9.\n")
        .finds(str![[r#"
error[not-utf8]: the file is not UTF-8
 --> src/en/01_start/01_one.md:3:4
  |
3 | Caf�.
  |    ^ the byte 0xE9 cannot stand here
  |
help: save the file as UTF-8


"#]]);
}

#[test]
fn a_summary_that_is_not_utf8_is_found() {
    Book::new()
        .write("src/ru/SUMMARY.md", b"# \xD1\xEE\xE4\n")
        .finds(str![[r#"
error[not-utf8]: the file is not UTF-8
 --> src/ru/SUMMARY.md:1:3
  |
1 | # ���
  |   ^ the byte 0xD1 cannot stand here
  |
help: save the file as UTF-8


"#]]);
}

#[test]
fn all_files_that_cannot_be_understood_are_reported() {
    let book = Book::new()
        .write("src/en/language.toml", "name = ")
        .write("src/en/introduction.md", b"\xFF")
        .write("src/ru/SUMMARY.md", "- x\n");
    let output = book.check().output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    for rule in ["not-utf8", "bad-toml", "bad-summary"] {
        assert!(said.contains(&format!("error[{rule}]")), "{rule}: {said}");
    }
}

#[test]
fn windows_lines_change_nothing() {
    // What ends with its line, and what spans several of them.
    let block =
        "```rust\n{{#include ../../../examples/01_01_demo/src/lib.rs:first}}\nfirst();\n```";
    let english = format!(
        "\nText {{{{#include x.rs:a}}\n\nNo id\n-----\n\n{block}\n\n    indented\n\n<!-- no_run:\n-->\n```rust,no_run,x\n"
    );
    let wrong = || {
        broken()
            .append(EN, &english)
            .append(RU, "\n```text\nещё\n```\n\n<p\nid=\"one\">\n</p>\n")
            .append("src/ru/glossary.toml", "[x]\n[y]\nterm = 1\n")
            .append("src/ru/SUMMARY.md", "- [Три](01_start/03_three.md)\n")
    };
    let (unix, windows) = (wrong(), wrong());
    to_windows(windows.root());
    let [unix, windows] = [unix, windows].map(|book| {
        let json = book.check().args(["--format", "json"]).output().unwrap();
        let document: Value = serde_json::from_slice(&json.stdout).unwrap();
        document["findings"].as_array().unwrap().clone()
    });
    for (windows, unix) in windows.iter().zip(&unix) {
        assert_eq!(windows, unix);
    }
    assert_eq!(windows.len(), unix.len());
    assert!(unix.len() > 12, "{unix:?}");
}

#[test]
fn a_part_of_the_book_may_have_windows_lines() {
    for part in ["", "src/ru", "examples"] {
        let book = Book::new();
        to_windows(&book.path(part));
        book.passes();
    }
}

fn to_windows(path: &std::path::Path) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            to_windows(&entry.unwrap().path());
        }
    } else {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, text.replace('\n', "\r\n")).unwrap();
    }
}
