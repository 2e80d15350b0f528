//! The EPUB of each edition, that `cargo book build` writes. EPUBCheck looks at the real ones, in ci/browser.

mod common;

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read},
    process::Command,
};

use common::{Project, stderr};

/// The files in an edition's EPUB, by their paths.
fn files(project: &Project, tag: &str) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes(project, tag))).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn bytes(project: &Project, tag: &str) -> Vec<u8> {
    let name = format!("book/{tag}/a-book-{tag}.epub");
    fs::read(project.path(&name)).unwrap()
}

fn build(project: &Project, arguments: &[&str]) {
    let output = project.book(&[&["build"], arguments].concat());
    assert!(output.status.success(), "{}", stderr(&output));
}

#[track_caller]
fn has(text: &str, piece: &str) {
    assert!(text.contains(piece), "no `{piece}` in:\n{text}");
}

#[test]
fn built_twice_it_is_the_same_bytes_and_says_what_it_is_in_the_first() {
    let project = Project::new();
    build(&project, &[]);
    let first = bytes(&project, "fa");
    build(&project, &[]);
    assert!(first == bytes(&project, "fa"));
    assert_eq!(&first[30..58], b"mimetypeapplication/epub+zip");
}

#[test]
fn it_speaks_the_language_of_its_edition() {
    let project = Project::new();
    build(&project, &[]);
    let files = files(&project, "fa");
    let package = &files["EPUB/package.opf"];
    has(package, "<dc:language>fa</dc:language>");
    has(package, "<spine page-progression-direction=\"rtl\">");
    has(
        package,
        "<dc:contributor id=\"person1\">Shirin</dc:contributor>",
    );
    has(package, "accessibilitySummary\">همهٔ متن");
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".xhtml")) {
        has(text, "lang=\"fa\" xml:lang=\"fa\" dir=\"rtl\">");
        assert!(!text.contains("<nav>") || path == "EPUB/nav.xhtml");
    }
    let contents = &files["EPUB/nav.xhtml"];
    has(
        contents,
        "<li><span>پایه</span>\n<ol>\n<li><a href=\"text/01_basics/01_one.xhtml\">1.1 یک</a></li>",
    );
    has(
        contents,
        "<a href=\"text/01_basics/02_two.xhtml\">1.2 <span lang=\"en\" dir=\"ltr\">Two</span></a>",
    );
    has(&files["EPUB/cover.svg"], "direction=\"rtl\"");
}

#[test]
fn numbers_have_the_digits_of_the_language() {
    let project = Project::new();
    let language = project.read("src/fa/language.toml");
    project.write(
        "src/fa/language.toml",
        format!("{language}\n[typography]\ndigits = \"۰۱۲۳۴۵۶۷۸۹\"\n"),
    );
    build(&project, &[]);
    has(&files(&project, "fa")["EPUB/nav.xhtml"], ">۱.۱ یک</a>");
}

#[test]
fn its_links_stay_in_it_or_lead_to_the_site() {
    let project = Project::new();
    let notice = "هنوز ترجمه نشده است. ";
    build(&project, &[]);
    let without = files(&project, "fa");
    has(
        &without["EPUB/text/01_basics/01_one.xhtml"],
        "<a href=\"02_two.xhtml#two\">دو</a>",
    );
    has(
        &without["EPUB/text/01_basics/02_two.xhtml"],
        &format!("{notice}وضعیت ترجمه</p>"),
    );
    build(&project, &["--base-url", "https://example.org/async"]);
    let with = files(&project, "fa");
    has(
        &with["EPUB/text/01_basics/02_two.xhtml"],
        &format!("{notice}<a href=\"https://example.org/async/fa/translations.html\">"),
    );
    has(
        &with["EPUB/package.opf"],
        "<dc:source>https://example.org/async/fa/</dc:source>",
    );
}

#[test]
fn it_holds_the_pictures_that_chapters_show() {
    let project = Project::new();
    project.write(
        "src/en/pictures/one.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    let chapter = "src/en/01_basics/02_two.md";
    project.edit(chapter, "Nothing", "![One](../pictures/one.svg) Nothing");
    build(&project, &[]);
    for tag in ["en", "fa"] {
        let files = files(&project, tag);
        assert!(files.contains_key("EPUB/text/pictures/one.svg"));
        has(
            &files["EPUB/package.opf"],
            "href=\"text/pictures/one.svg\" media-type=\"image/svg+xml\"",
        );
    }
    project.write("src/en/pictures/one.bmp", "BM");
    project.edit(chapter, "one.svg", "one.bmp");
    let output = project.book(&["build"]);
    assert!(!output.status.success());
    has(&stderr(&output), "an EPUB can't hold `pictures/one.bmp`");
}

#[test]
fn it_is_as_old_as_the_last_commit() {
    let project = Project::new();
    let modified = |project: &Project| {
        build(project, &[]);
        let package = files(project, "en").remove("EPUB/package.opf").unwrap();
        let (_, rest) = package.split_once("dcterms:modified\">").unwrap();
        rest[..20].to_owned()
    };
    assert_eq!(modified(&project), "2000-01-01T00:00:00Z");
    for arguments in [
        &["init", "--quiet"][..],
        &["commit", "--quiet", "--allow-empty", "--message", "One"],
    ] {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=A", "-c", "user.email=a@example.org"]);
        git.args(arguments).current_dir(project.root());
        git.env("GIT_COMMITTER_DATE", "2026-11-21T23:30:00-02:00");
        assert!(git.status().unwrap().success());
    }
    assert_eq!(modified(&project), "2026-11-22T01:30:00Z");
}
