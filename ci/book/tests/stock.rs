//! The stock commands of mdBook, called through the library that they are made of.

mod common;

use common::Project;
use mdbook_driver::MDBook;

fn load(project: &Project) -> MDBook {
    MDBook::load(project.root()).unwrap()
}

#[test]
fn build_expands_snippets_and_numbers_chapters() {
    let project = Project::new();
    load(&project).build().unwrap();
    let page = project.read("book/en/01_basics/01_one.html");
    assert!(
        page.contains("<span class=\"f\">double</span>(x: "),
        "the anchor's lines are shown"
    );
    assert!(
        page.contains("<span class=\"boring\">\n<span class=\"k\">const</span> "),
        "the rest of the file is hidden"
    );
    assert!(!page.contains("ANCHOR"));
    assert!(
        project.read("book/en/toc.html").contains("1.2."),
        "the chapter's number is that of its file"
    );
}

#[test]
fn build_shows_another_edition_by_its_two_variables() {
    let project = Project::new();
    let mut config: mdbook_driver::config::Config = project.read("book.toml").parse().unwrap();
    // What MDBOOK_BOOK__SRC and MDBOOK_BOOK__LANGUAGE set.
    config.book.src = "src/fa".into();
    config.book.language = Some("fa".into());
    config.build.build_dir = "book/fa".into();
    MDBook::load_with_config(project.root(), config)
        .unwrap()
        .build()
        .unwrap();
    let page = project.read("book/fa/01_basics/01_one.html");
    assert!(page.contains("<html lang=\"fa\"") && page.contains("dir=\"rtl\""));
    assert!(page.contains("<span class=\"f\">double</span>(x: "));
}

#[test]
fn test_compiles_an_anchor_that_would_not_compile_alone() {
    let project = Project::new();
    load(&project).test(Vec::new()).unwrap();
    // The proof that it was compiled: a mistake in the hidden rest of the file.
    project.edit(
        "examples/01_01_one/src/lib.rs",
        "const TWO: i32 = 2;",
        "const TWO: i32 = \"two\";",
    );
    load(&project).test(Vec::new()).unwrap_err();
}

#[test]
fn test_leaves_out_what_needs_a_crate() {
    let project = Project::new();
    project.write("examples/01_01_one/src/main.rs", "// ANCHOR: main\nfn main() {\n    println!(\"{}\", one::double(21));\n}\n// ANCHOR_END: main\n");
    project.edit(
        "src/en/01_basics/01_one.md",
        "lib.rs:double",
        "main.rs:main",
    );
    load(&project).test(Vec::new()).unwrap();
    load(&project).build().unwrap();
    assert!(
        project
            .read("book/en/01_basics/01_one.html")
            .contains("<code class=\"rust\">"),
        "the page shows it as Rust"
    );
}

#[test]
fn a_missing_anchor_or_file_fails_every_command_and_writes_nothing() {
    for (from, to) in [
        ("lib.rs:double", "lib.rs:triple"),
        ("lib.rs:double", "nowhere.rs:double"),
    ] {
        let project = Project::new();
        project.edit("src/en/01_basics/01_one.md", from, to);
        load(&project).build().unwrap_err();
        load(&project).test(Vec::new()).unwrap_err();
        assert!(!project.path("book").exists());
    }
}

#[test]
fn a_preprocessor_that_does_not_compile_fails_every_command() {
    let project = Project::new();
    // What cargo does then: it ends with 101, and has printed no book.
    project.edit("book.toml", common::BOOK, "sh -c 'exit 101' #");
    load(&project).build().unwrap_err();
    load(&project).test(Vec::new()).unwrap_err();
    assert!(!project.path("book").exists());
}

#[test]
fn a_chapter_that_nobody_wrote_is_not_created_empty() {
    let project = Project::new();
    project.edit("src/en/SUMMARY.md", "02_two.md", "03_three.md");
    assert!(MDBook::load(project.root()).is_err());
    assert!(!project.path("src/en/01_basics/03_three.md").exists());
}
