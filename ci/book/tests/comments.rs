//! The comments in the code of a page, in the reader's language; and `cargo book comments`.

mod common;

use common::{Project, stderr};
use mdbook_driver::{MDBook, config::Config};

const DICTIONARY: &str = "src/fa/comments.toml";
const PAGE: &str = "01_basics/01_one.html";
const COMMENT: &str =
    "/// <bdi dir=\"rtl\" style=\"--column:4\">دو برابر <bdi dir=\"ltr\">`x`</bdi>.</bdi></span>\n";

/// The book with a comment.
fn commented() -> Project {
    let project = Project::new();
    project.edit(
        "examples/01_01_one/src/lib.rs",
        "pub fn double",
        "/// Twice `x`.\npub fn double",
    );
    project
}

/// The book with its comment translated.
fn translated() -> Project {
    let project = commented();
    project.write(DICTIONARY, "\"Twice `x`.\" = \"دو برابر `x`.\"\n");
    project
}

#[test]
fn a_page_shows_comments_in_its_own_language_and_hides_none_of_the_code() {
    let project = translated();
    let output = project.book(&["build"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let english = project.read(&format!("book/en/{PAGE}"));
    assert!(english.contains("/// Twice `x`.</span>\n") && !english.contains("برابر"));
    let page = project.read(&format!("book/fa/{PAGE}"));
    // Tags, because rustc refuses a copy with the characters that do the same.
    assert!(page.contains(COMMENT), "{page}");
    assert!(!page.contains("Twice") && !page.contains(['\u{2066}', '\u{2067}', '\u{2069}']));
    assert!(page.contains("<span class=\"f\">double</span>(x: "));
    assert!(!project.path("book/fa/comments.toml").exists());
}

#[test]
fn stock_mdbook_shows_them_too() {
    let project = translated();
    let mut config: Config = project.read("book.toml").parse().unwrap();
    config.book.src = "src/fa".into();
    config.book.language = Some("fa".into());
    config.build.build_dir = "book/fa".into();
    let book = MDBook::load_with_config(project.root(), config).unwrap();
    book.build().unwrap();
    assert!(project.read(&format!("book/fa/{PAGE}")).contains(COMMENT));
}

#[test]
fn a_chapter_that_is_shown_in_english_keeps_its_comments() {
    let project = translated();
    project.edit("src/fa/SUMMARY.md", "- [یک](01_basics/01_one.md)\n", "");
    std::fs::remove_file(project.path("src/fa/01_basics/01_one.md")).unwrap();
    project.write("src/fa/translation.lock", "");
    project.write(DICTIONARY, "");
    assert!(project.book(&["build"]).status.success());
    project.write(DICTIONARY, "\"Twice `x`.\" = \"دو برابر `x`.\"\n");
    // `check` would say that the entry is for nothing; the pages do not depend on that.
    let page = project.read(&format!("book/fa/{PAGE}"));
    assert!(page.contains("/// Twice `x`.</span>\n"));
}

#[test]
fn a_translation_that_could_end_its_comment_is_built_by_nobody() {
    let project = translated();
    project.write(DICTIONARY, "\"Twice `x`.\" = \"دو\\nبرابر\"\n");
    let output = project.book(&["build"]);
    assert_eq!(output.status.code(), Some(1));
    let mut config: Config = project.read("book.toml").parse().unwrap();
    config.book.src = "src/fa".into();
    let book = MDBook::load_with_config(project.root(), config).unwrap();
    book.build().unwrap_err();
    assert!(!project.path("book").exists());
}

#[test]
fn what_is_missing_is_added_once_and_the_rest_of_the_file_stays() {
    let project = commented();
    let mine = "# 01_basics/02_two.md\n'Old.' = 'قدیمی' # ask somebody\n";
    project.write(DICTIONARY, mine);
    let output = project.book(&["comments", "fa"]);
    assert!(output.status.success());
    assert_eq!(
        stderr(&output),
        "src/fa/comments.toml: 1 comment to translate\n"
    );
    let completed = format!("# 01_basics/01_one.md\n\"Twice `x`.\" = \"\"\n\n{mine}");
    assert_eq!(project.read(DICTIONARY), completed);
    let output = project.book(&["comments", "fa"]);
    assert_eq!(
        stderr(&output),
        "src/fa/comments.toml: nothing is missing\n"
    );
    assert_eq!(project.read(DICTIONARY), completed);
}

#[test]
fn a_new_file_is_like_its_neighbours() {
    let project = commented();
    assert!(project.book(&["comments", "fa"]).status.success());
    let permissions = |path: &str| {
        let metadata = std::fs::metadata(project.path(path)).unwrap();
        metadata.permissions()
    };
    assert_eq!(permissions(DICTIONARY), permissions("src/fa/SUMMARY.md"));
    let files = std::fs::read_dir(project.path("src/fa")).unwrap();
    assert_eq!(files.count(), 5, "nothing is left behind");
}

#[test]
fn only_a_translation_has_a_dictionary_and_a_broken_one_stays_as_it_is() {
    let project = Project::new();
    for tag in ["en", "de"] {
        let output = project.book(&["comments", tag]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains("help: the translations are `fa`"));
    }
    project.write(DICTIONARY, "\"a\" = \n");
    let output = project.book(&["comments", "fa"]);
    assert!(stderr(&output).contains("error[bad-toml]"));
    assert_eq!(project.read(DICTIONARY), "\"a\" = \n");
}
