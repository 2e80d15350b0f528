//! `cargo book term`, as a translator uses it.

mod common;

use common::{Project, stderr, stdout};
use snapbox::{assert_data_eq, str};

fn book() -> Project {
    let project = Project::new();
    project.write(
        "src/en/glossary.toml",
        "[waker]\nterm = \"waker\"\ndefinition = \"a handle that tells an executor: poll this task again\"\n\n[ready-queue]\nterm = \"ready queue\"\ndefinition = \"a list\"\n\n[lost-wakeup]\nterm = \"lost wakeup\"\n",
    );
    project.write(
        "src/fa/glossary.toml",
        "[waker]\nterm = \"بیدارکننده\"\ndefinition = \"دستگیره\"\nalso = [\"بیدارکننده‌ها\"]\nforbidden = [\"ویکر\", \"بیدار کننده\"]\nwhy = \"Formed like the word for executor, and long enough that the reason needs more than one line of a terminal.\"\n\n[ready-queue]\nterm = \"\"\n\n[words]\nthread = \"ریسه\"\n\"memory ordering\" = \"ترتیب حافظه\"\n",
    );
    project
}

fn said(words: &[&str]) -> String {
    let mut arguments = vec!["term"];
    arguments.extend(words);
    let output = book().book(&arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    stdout(&output)
}

#[test]
fn a_term_is_shown_with_all_that_the_glossaries_say() {
    assert_data_eq!(
        said(&["waker"]),
        str![[r#"
waker
  a handle that tells an executor: poll this task again

  fa  بیدارکننده
      means  دستگیره
      also   بیدارکننده‌ها
      not    ویکر, بیدار کننده
      why    Formed like the word for executor, and long enough that the reason
             needs more than one line of a terminal.

"#]]
    );
}

#[test]
fn a_term_is_found_by_any_of_its_names_in_any_language() {
    let waker = said(&["waker"]);
    for name in ["WAKER", "بیدارکننده", "بیدارکننده‌ها", "ویکر", "بیدار کننده"]
    {
        assert_eq!(said(&[name]), waker, "{name}");
    }
    let queue = said(&["ready-queue"]);
    for words in [&["Ready Queue"][..], &["ready", "queue"], &["ready_queue"]] {
        assert_eq!(said(words), queue, "{words:?}");
    }
}

#[test]
fn what_is_not_decided_yet_is_told() {
    assert_data_eq!(
        said(&["ready queue"]) + &said(&["lost wakeup"]),
        str![[r#"
ready queue
  a list

  fa  still to be decided
lost wakeup

  fa  not in its glossary

"#]]
    );
}

#[test]
fn a_word_that_is_no_term_is_shown_too() {
    assert_data_eq!(
        said(&["Thread"]),
        str![[r#"
thread
  no term of the book, but the same in every chapter

  fa  ریسه

"#]]
    );
    assert_eq!(said(&["ترتیب", "حافظه"]), said(&["memory ordering"]));
}

#[test]
fn a_machine_gets_all_of_it() {
    assert_data_eq!(
        said(&["ready queue", "--format", "json"]) + &said(&["thread", "--format", "json"]),
        str![[r#"
{
  "terms": [
    {
      "definition": "a list",
      "editions": [
        {
          "also": [],
          "definition": "",
          "edition": "fa",
          "forbidden": [],
          "term": "",
          "why": ""
        }
      ],
      "key": "ready-queue",
      "term": "ready queue"
    }
  ]
}
{
  "terms": [
    {
      "definition": "",
      "editions": [
        {
          "also": [],
          "definition": "",
          "edition": "fa",
          "forbidden": [],
          "term": "ریسه",
          "why": ""
        }
      ],
      "key": null,
      "term": "thread"
    }
  ]
}

"#]]
    );
}

#[test]
fn what_is_not_found_is_answered_with_what_is_near() {
    for (word, help) in [
        ("wakeup", "did you mean `lost wakeup`?"),
        ("wakre", "did you mean `waker`?"),
        ("بیدارکننه", "did you mean `بیدارکننده`, `بیدار کننده`?"),
        ("xylophone", "the terms are in src/en/glossary.toml"),
    ] {
        let output = book().book(&["term", word]);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(stdout(&output), "");
        let said = stderr(&output);
        assert!(
            said.starts_with(&format!("error[no-term]: no glossary has `{word}`\n")),
            "{said}"
        );
        assert!(said.contains(&format!("help: {help}\n")), "{said}");
    }
}

#[test]
fn a_book_without_glossaries_has_no_terms() {
    let output = Project::new().book(&["term", "waker"]);
    assert!(
        stderr(&output).contains("no glossary has `waker`"),
        "{}",
        stderr(&output)
    );
}
