//! Recorded runs on the pages of both doors, and what they are kept out of.

mod common;

use std::{fs::File, io::Read, sync::Arc};

use book::{
    snippet::{Door, Snippets},
    source::Source,
};
use common::{Project, stderr};
use flate2::read::GzDecoder;
use mdbook_driver::{MDBook, config::Config};
use regex::Regex;

const PAGE: &str = "01_basics/01_one";

const FILE: &str = "examples/01_01_one/recordings/run.json";

const RECORDING: &str = r#"{"program": "cargo run -p one",
"threads": ["main"],
"tasks": 0,
"steps": [
{"thread":0,"at":"examples/01_01_one/src/lib.rs:2","event":"line","code":"x * 2"},
{"thread":0,"event":"park","cause":0}
]}
"#;

/// A book with a recording in a list of both editions.
fn project() -> Project {
    let project = Project::new();
    project.write(FILE, RECORDING);
    project.write(
        &FILE.replace(".json", ".toml"),
        "lines = [\"src/lib.rs\"]\n",
    );
    for tag in ["en", "fa"] {
        let chapter = format!("src/{tag}/{PAGE}.md");
        let directive = "{{#recording ../../../examples/01_01_one/recordings/run.json}}";
        let text = project.read(&chapter).replacen(
            "\n## ",
            &format!("\n- Here:\n\n  {directive}\n\n  *There*.\n\n## "),
            1,
        );
        project.write(&chapter, text);
    }
    project
}

fn built(project: &Project) {
    let output = project.book(&["build"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn both_doors_make_the_same_figure_in_each_edition() {
    let project = project();
    built(&project);
    let figure = Regex::new("(?s)<figure class=\"recording\".*?</figure>").unwrap();
    for (tag, words, number) in [
        ("en", "Thread main parks.", ">2</text>"),
        ("fa", "نخ main پارک می‌کند.", ">2</text>"),
    ] {
        let page = project.read(&format!("book/{tag}/{PAGE}.html"));
        let found = figure.find(&page).expect("a recording").as_str();
        for piece in [
            "<figure class=\"recording\" id=\"run\">",
            "<div class=\"drawing\" tabindex=\"0\" role=\"group\" aria-label=",
            "<g class=\"step\" data-step=\"2\" ",
            "<details class=\"steps\"><summary>",
            "<li id=\"run-1\" data-at=\"examples/01_01_one/src/lib.rs:2\">",
            "<div class=\"player\" ",
            words,
            number,
        ] {
            assert!(found.contains(piece), "{piece}: {found}");
        }
        assert_eq!(
            found,
            figure.find(&project.stock(tag, PAGE)).unwrap().as_str()
        );
        // It is in the list, and what follows is still Markdown.
        assert!(page.contains("<em>There</em>"), "{page}");
        assert!(
            page.contains("data-lines=\"examples/01_01_one/src/lib.rs:"),
            "{page}"
        );
    }
}

#[test]
fn only_pages_with_a_recording_say_where_their_lines_are_from() {
    let project = Project::new();
    built(&project);
    assert!(
        !project
            .read(&format!("book/en/{PAGE}.html"))
            .contains("data-lines")
    );
}

#[test]
fn stock_mdbook_tests_a_chapter_without_its_recording() {
    let project = project();
    let chapter = format!("src/en/{PAGE}.md");
    let source = Arc::new(Source::new(chapter.as_str(), project.read(&chapter)));
    let expanded = |door| Snippets::new(project.root()).expand(&source, door).unwrap();
    let (test, page) = (expanded(Door::StockTest), expanded(Door::Page));
    assert!(test.contains("\n- Here:\n\n  \n\n  *There*."), "{test}");
    assert!(!test.contains("lines="), "{test}");
    assert!(page.contains("\n  ```recording run\n  {"), "{page}");
    let mut config: Config = project.read("book.toml").parse().unwrap();
    config.book.src = "src/en".into();
    MDBook::load_with_config(project.root(), config)
        .unwrap()
        .test(Vec::new())
        .unwrap();
}

#[test]
fn a_recording_is_not_found_by_the_search() {
    let project = project();
    built(&project);
    let page = project.path("book/en/search/index.bin");
    let mut text = String::new();
    GzDecoder::new(File::open(page).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    assert!(text.contains("There"));
    assert!(!text.contains("parks"), "{text}");
}

#[test]
fn an_epub_has_the_drawing_and_the_open_list_and_no_player() {
    let project = project();
    built(&project);
    let epub = File::open(project.path("book/fa/a-book-fa.epub")).unwrap();
    let mut archive = zip::ZipArchive::new(epub).unwrap();
    let mut text = String::new();
    let mut file = archive.by_name(&format!("EPUB/text/{PAGE}.xhtml")).unwrap();
    file.read_to_string(&mut text).unwrap();
    for piece in [
        "<figure class=\"recording\" id=\"run\">",
        "<details class=\"steps\" open=\"\">",
        "<svg width=",
        " viewBox=\"0 0 ",
        " xmlns=\"http://www.w3.org/2000/svg\">",
        "<li id=\"run-2\" data-ask=\"\">",
    ] {
        assert!(text.contains(piece), "{piece}: {text}");
    }
    for piece in ["template", "player", "tabindex"] {
        assert!(!text.contains(piece), "{piece}: {text}");
    }
}

#[test]
fn both_doors_refuse_a_recording_that_is_none() {
    let project = project();
    project.write(FILE, RECORDING.replace("park", "walk"));
    let output = project.book(&["build"]);
    assert!(!output.status.success());
    let said = stderr(&output);
    assert!(said.contains("recordings/run.json:6:"), "{said}");
    assert!(said.contains("unknown variant `walk`"), "{said}");
    assert!(said.contains("run `cargo book record 01_01`"), "{said}");
}
