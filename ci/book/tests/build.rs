//! `cargo book build`: all editions, side by side; the old site or the new one, never half of one.

mod common;

use std::{collections::BTreeMap, fs};

use common::{Project, files, stderr, stdout};
use resvg::{tiny_skia::Pixmap, usvg::roxmltree::Document};

#[test]
fn every_page_exists_in_every_edition_and_knows_the_others() {
    let project = Project::new();
    let output = project.book(&["build"]);
    assert!(output.status.success(), "{}", stderr(&output));
    for tag in ["en", "fa"] {
        for page in [
            "index",
            "introduction",
            "01_basics/01_one",
            "01_basics/02_two",
            "print",
        ] {
            let html = project.read(&format!("book/{tag}/{page}.html"));
            assert!(
                html.contains(&format!("<html lang=\"{tag}\"")),
                "{tag}/{page}"
            );
            let root = "../".repeat(page.matches('/').count() + 1);
            for other in ["en", "fa"] {
                let link = format!("<a href=\"{root}{other}/{page}.html\" hreflang=\"{other}\"");
                assert!(html.contains(&link), "{tag}/{page} has {link}");
            }
        }
    }
}

#[test]
fn a_chapter_that_an_edition_lacks_is_shown_in_english_under_a_notice() {
    let project = Project::new();
    project.book(&["build"]);
    let page = project.read("book/fa/01_basics/02_two.html");
    assert!(page.contains("<p class=\"untranslated\" role=\"note\">هنوز ترجمه نشده است. <a href=\"../translations.html\">وضعیت ترجمه</a></p>"));
    assert!(page.contains("<div lang=\"en\" dir=\"ltr\">"));
    assert!(page.contains("Nothing more."));
    assert!(page.contains("<link rel=\"canonical\" href=\"../../en/01_basics/02_two.html\">"));
    assert!(
        !page.contains("hreflang=\"fa\" href"),
        "the page is no Persian translation"
    );
    let translated = project.read("book/fa/01_basics/01_one.html");
    assert!(
        !translated.contains("class=\"untranslated\"") && !translated.contains("rel=\"canonical\"")
    );
    let contents = project.read("book/fa/introduction.html");
    assert!(contents.contains("پایه") && contents.contains("یک") && contents.contains("Two"));
}

#[test]
fn an_edition_without_a_single_chapter_is_shown_in_english() {
    let project = Project::new();
    project.write("src/fa/SUMMARY.md", "# فهرست\n");
    fs::remove_dir_all(project.path("src/fa/01_basics")).unwrap();
    fs::remove_file(project.path("src/fa/translation.lock")).unwrap();
    assert!(project.book(&["build"]).status.success());
    assert!(
        project
            .read("book/fa/index.html")
            .contains("Read <a href=\"01_basics/01_one.html\">One</a> first.")
    );
}

#[test]
fn links_are_absolute_where_the_address_is_known() {
    let project = Project::new();
    project.book(&["build", "--base-url", "https://example.org/async/"]);
    let page = project.read("book/en/01_basics/01_one.html");
    assert!(
        page.contains(
            "hreflang=\"fa\" href=\"https://example.org/async/fa/01_basics/01_one.html\""
        )
    );
    assert!(
        project
            .read("book/404.html")
            .contains("href=\"/async/fa/index.html\"")
    );
    assert!(
        project
            .read("book/index.html")
            .contains("hreflang=\"x-default\" href=\"https://example.org/async/index.html\"")
    );
}

#[test]
fn a_page_is_called_by_its_chapter_and_described_by_its_first_paragraph() {
    let project = Project::new();
    project.edit(
        "src/en/01_basics/02_two.md",
        "Nothing more.",
        "Nothing but\na `Vec<u8>` & \"more\".\n\nThe end.",
    );
    project.book(&["build"]);
    let page = project.read("book/fa/01_basics/01_one.html");
    for tag in [
        "<title>یک – کتاب</title>",
        "<meta name=\"description\" content=\"یک تابع:\">",
        "<meta property=\"og:title\" content=\"یک\">",
        "<meta property=\"og:site_name\" content=\"کتاب\">",
        "<meta property=\"og:locale\" content=\"fa_IR\">",
        "<meta property=\"og:locale:alternate\" content=\"en_US\">",
        "<link rel=\"apple-touch-icon\" href=\"../../favicon.png\">",
    ] {
        assert!(page.contains(tag), "{tag}");
    }
    let english = project.read("book/fa/01_basics/02_two.html");
    assert!(english.contains("<title>Two – کتاب</title>"));
    assert!(english.contains(
        "name=\"description\" content=\"Nothing but a Vec&lt;u8&gt; &amp; &quot;more&quot;.\""
    ));
    assert!(english.contains("<meta property=\"og:locale\" content=\"en_US\">"));
    let print = project.read("book/fa/print.html");
    assert!(print.contains("<meta name=\"description\" content=\"دربارهٔ هیچ.\">"));
}

#[test]
fn search_engines_are_shown_one_address_for_a_text() {
    let project = Project::new();
    project.book(&["build", "--base-url", "https://example.org/async"]);
    let canonical = |page: &str| {
        let html = project.read(&format!("book/{page}"));
        let (_, rest) = html
            .split_once("<link rel=\"canonical\" href=\"https://example.org/async/")
            .unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    assert_eq!(canonical("en/introduction.html"), "en/index.html");
    assert_eq!(canonical("en/index.html"), "en/index.html");
    assert_eq!(
        canonical("fa/01_basics/01_one.html"),
        "fa/01_basics/01_one.html"
    );
    assert_eq!(
        canonical("fa/01_basics/02_two.html"),
        "en/01_basics/02_two.html"
    );

    let map = project.read("book/sitemap.xml");
    let map = Document::parse(&map).unwrap();
    let pages: BTreeMap<&str, Vec<&str>> = map
        .root_element()
        .children()
        .filter(|page| page.has_tag_name("url"))
        .map(|page| {
            let address = page.children().find(|child| child.has_tag_name("loc"));
            let others = page
                .children()
                .filter_map(|link| link.attribute("hreflang"));
            (address.unwrap().text().unwrap(), others.collect())
        })
        .collect();
    let of = |page: &str| &pages[&*format!("https://example.org/async/{page}")];
    assert_eq!(of("en/01_basics/01_one.html"), &["en", "fa", "x-default"]);
    assert_eq!(of("fa/01_basics/01_one.html"), &["en", "fa", "x-default"]);
    assert_eq!(of("en/01_basics/02_two.html"), &["en", "x-default"]);
    assert_eq!(of("en/index.html"), &["en", "x-default"]);
    assert_eq!(
        map.root_element()
            .children()
            .filter(|page| page.is_element())
            .count(),
        6
    );
    assert_eq!(
        pages.len(),
        6,
        "and the state of the translation, twice: {pages:?}"
    );
    for (address, _) in pages {
        let page = address.strip_prefix("https://example.org/async/").unwrap();
        assert!(project.path(&format!("book/{page}")).is_file(), "{page}");
        assert_eq!(canonical(page), page);
    }
    assert!(
        project
            .read("book/robots.txt")
            .ends_with("Sitemap: https://example.org/async/sitemap.xml\n")
    );

    project.book(&["build"]);
    assert!(
        !project.path("book/sitemap.xml").exists() && !project.path("book/robots.txt").exists()
    );
}

#[test]
fn a_link_is_shown_with_the_card_of_its_edition() {
    let project = Project::new();
    // A square where the title would be, in the one edition that has a drawing.
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 630\"><title>A Book</title>\
                   <path d=\"M100 500h50v50h-50z\"/></svg>";
    project.write("src/en/card.svg", drawing);
    project.book(&["build", "--base-url", "https://example.org/async/"]);
    for (tag, title, in_title, in_middle) in
        [("en", "A Book", true, false), ("fa", "کتاب", false, true)]
    {
        let page = project.read(&format!("book/{tag}/01_basics/01_one.html"));
        let image = format!(
            "<meta property=\"og:image\" content=\"https://example.org/async/{tag}/card.png\">"
        );
        let said = format!("<meta property=\"og:image:alt\" content=\"{title}\">");
        assert!(page.contains(&image) && page.contains(&said), "{tag}");
        let card = fs::read(project.path(&format!("book/{tag}/card.png"))).unwrap();
        let card = Pixmap::decode_png(&card).unwrap();
        assert_eq!((card.width(), card.height()), (1200, 630));
        let paper = card.pixel(0, 0);
        assert_eq!(card.pixel(125, 525) != paper, in_title, "{tag}");
        assert_eq!(card.pixel(500, 240) != paper, in_middle, "{tag}");
        assert!(!project.path(&format!("book/{tag}/card.svg")).exists());
    }
    project.book(&["build"]);
    assert!(!project.path("book/en/card.png").exists());
    let page = project.read("book/en/01_basics/01_one.html");
    assert!(
        !page.contains("og:image"),
        "a card has an absolute address or none"
    );
}

#[test]
fn a_card_says_the_title() {
    let project = Project::new();
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 630\"><title>کتاب</title></svg>";
    project.write("src/fa/card.svg", drawing);
    assert!(project.book(&["check"]).status.success());
    project.edit("src/fa/card.svg", "کتاب", "دفتر");
    let told = stderr(&project.book(&["check"]));
    assert!(
        told.contains(
            "error[stale-card]: the drawing says `دفتر`, and the edition's title is `کتاب`"
        ),
        "{told}"
    );
    assert!(told.contains("python3 ci/card.py fa FONT"), "{told}");
    project.write("src/fa/card.svg", "<svg");
    let told = stderr(&project.book(&["check"]));
    assert!(told.contains("error[bad-svg]"), "{told}");
}

#[test]
fn the_mark_is_at_the_root_and_on_every_page() {
    let project = Project::new();
    project.book(&["build"]);
    let icon = Pixmap::decode_png(&fs::read(project.path("book/favicon.png")).unwrap()).unwrap();
    assert!(
        icon.pixels().iter().all(|pixel| pixel.is_opaque()),
        "a phone shows what is transparent as black"
    );
    assert!(icon.pixels().iter().any(|pixel| pixel != &icon.pixels()[0]));
    assert_eq!(
        project.read("book/favicon.svg"),
        project.read("theme/favicon.svg")
    );
    assert!(
        project
            .read("book/en/01_basics/01_one.html")
            .contains("href=\"../favicon-")
    );
}

#[test]
fn files_that_no_page_names_are_not_published_and_those_of_chapters_are() {
    let project = Project::new();
    project.write("theme/head.hbs", "<!-- no style, no script -->");
    project.write("theme/index.hbs", "<html lang=\"{{language}}\"><head><link rel=\"stylesheet\" href=\"{{resource \"theme/book.css\"}}\"></head><body><main>{{{content}}}</main></body></html>");
    project.write(
        "src/en/pictures/one.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    let output = project.book(&["build"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let left: Vec<_> = files(&project.path("book/en"))
        .into_keys()
        .filter(|file| {
            !file.starts_with("search/") && !file.ends_with(".html") && !file.ends_with(".epub")
        })
        .map(|file| file.split('-').next().unwrap().to_owned())
        .collect();
    assert_eq!(left, [".nojekyll", "pictures/one.svg", "theme/book"]);
    assert!(!project.path("book/en/toc.html").exists());
}

#[test]
fn an_address_that_leads_nowhere_is_answered_in_every_language() {
    let project = Project::new();
    project.edit("src/en/SUMMARY.md", "[Two]", "[`</script>`]");
    project.edit("src/en/01_basics/02_two.md", "# Two", "# `</script>`");
    project.book(&["build"]);
    let page = project.read("book/404.html");
    for piece in [
        "<section lang=\"en\" dir=\"ltr\">\n<h2>There is no such page.</h2>",
        "<section lang=\"fa\" dir=\"rtl\">\n<h2>چنین صفحه‌ای وجود ندارد.</h2>",
        "href=\"/fa/index.html\" hreflang=\"fa\"><strong>کتاب</strong>",
        "[\"01_basics/02_two\",\"\\u003c/script>\",\"\"]",
    ] {
        assert!(page.contains(piece), "{piece}");
    }
    assert!(!project.path("book/en/404.html").exists());
}

#[test]
fn files_for_translators_are_not_published_and_pictures_are_in_every_edition() {
    let project = Project::new();
    project.write(
        "src/en/glossary.toml",
        "[future]\nterm = \"future\"\ndefinition = \"a value that is not there yet\"\n",
    );
    project.write("src/fa/glossary.toml", "[future]\nterm = \"فیوچر\"\n");
    project.write(
        "src/en/pictures/one.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    assert!(project.book(&["build"]).status.success());
    for tag in ["en", "fa"] {
        assert!(!project.path(&format!("book/{tag}/language.toml")).exists());
        assert!(!project.path(&format!("book/{tag}/glossary.toml")).exists());
        assert!(
            !project
                .path(&format!("book/{tag}/translation.lock"))
                .exists()
        );
        assert!(
            project
                .path(&format!("book/{tag}/pictures/one.svg"))
                .exists()
        );
    }
}

#[test]
fn a_failed_build_leaves_the_old_site_as_it_was() {
    let project = Project::new();
    project.book(&["build"]);
    let before = files(&project.path("book"));
    project.edit(
        "src/fa/01_basics/01_one.md",
        "lib.rs:double",
        "lib.rs:triple",
    );
    let output = project.book(&["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("src/fa/01_basics/01_one.md:6:1"),
        "{}",
        stderr(&output)
    );
    assert!(files(&project.path("book")) == before);
    let rest: Vec<_> = fs::read_dir(project.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        rest.iter()
            .all(|name| !name.to_string_lossy().starts_with(".book-")),
        "nothing is left behind: {rest:?}"
    );
}

#[test]
fn a_mistake_in_english_is_told_once_however_many_editions_show_it() {
    let project = Project::new();
    project.edit(
        "src/en/01_basics/02_two.md",
        "Nothing more.",
        "{{#include nowhere.txt}}",
    );
    let output = project.book(&["build"]);
    assert_eq!(
        stderr(&output)
            .matches("no file `src/en/01_basics/nowhere.txt`")
            .count(),
        1,
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_folder_of_somebody_elses_files_is_not_replaced() {
    let project = Project::new();
    project.write("thesis/chapter.tex", "years of work");
    let output = project.book(&["build", "--dest-dir", "thesis"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("foreign-folder"));
    assert_eq!(project.read("thesis/chapter.tex"), "years of work");
}

#[test]
fn the_folders_of_the_sources_are_not_built_into() {
    let project = Project::new();
    project.write("empty/.keep", "");
    std::fs::remove_file(project.path("empty/.keep")).unwrap();
    for dest in [
        ".",
        "src",
        "src/en/out",
        "examples/new/site",
        "empty/../src/en",
        "..",
    ] {
        let output = project.book(&["build", "--dest-dir", dest]);
        assert_eq!(output.status.code(), Some(1), "{dest}");
        assert!(
            stderr(&output).contains("foreign-folder"),
            "{dest}: {}",
            stderr(&output)
        );
        assert!(!project.path("src/en/out").exists());
    }
    assert!(
        project
            .book(&["build", "--dest-dir", "empty"])
            .status
            .success()
    );
}

#[test]
fn a_clone_of_the_published_branch_keeps_what_is_not_ours() {
    let project = Project::new();
    assert!(project.book(&["build", "-d", "pages"]).status.success());
    project.write("pages/CNAME", "example.org");
    let output = project.book(&["build", "-d", "pages"]);
    assert!(
        stderr(&output).contains("foreign-folder"),
        "{}",
        stderr(&output)
    );
    assert_eq!(project.read("pages/CNAME"), "example.org");
}

#[test]
fn a_page_of_somebody_else_is_not_replaced() {
    let project = Project::new();
    project.write("home/index.html", "my own page");
    assert_eq!(
        project.book(&["build", "-d", "home"]).status.code(),
        Some(1)
    );
    assert_eq!(project.read("home/index.html"), "my own page");
}

#[test]
fn a_second_renderer_does_not_move_the_pages() {
    let project = Project::new();
    let config = project.read("book.toml");
    project.write("book.toml", format!("{config}\n[output.markdown]\n"));
    assert!(project.book(&["build"]).status.success());
    assert!(project.path("book/en/index.html").is_file());
}

#[cfg(unix)]
#[test]
fn links_are_followed_where_they_lead_to_the_site_and_refused_where_they_lead_out_of_the_sources() {
    use std::os::unix::fs::symlink;
    let project = Project::new();
    fs::create_dir(project.path("real")).unwrap();
    symlink(project.path("real"), project.path("book")).unwrap();
    assert!(project.book(&["build"]).status.success());
    assert!(project.path("book").is_symlink() && project.path("real/index.html").is_file());

    symlink("/etc/hostname", project.path("src/en/host.txt")).unwrap();
    let output = project.book(&["build"]);
    assert!(
        stderr(&output).contains("`src/en/host.txt` is neither a file nor a folder"),
        "{}",
        stderr(&output)
    );
    fs::remove_file(project.path("src/en/host.txt")).unwrap();

    symlink("/etc/hostname", project.path("examples/01_01_one/host.txt")).unwrap();
    project.edit(
        "src/en/01_basics/02_two.md",
        "Nothing more.",
        "{{#include ../../../examples/01_01_one/host.txt}}",
    );
    let output = project.book(&["build"]);
    assert!(
        stderr(&output).contains("`examples/01_01_one/host.txt` is neither a file nor a folder"),
        "{}",
        stderr(&output)
    );
    fs::remove_file(project.path("examples/01_01_one/host.txt")).unwrap();
    project.edit(
        "src/en/01_basics/02_two.md",
        "../../../examples/01_01_one/host.txt",
        "/etc/hostname",
    );
    let output = project.book(&["build"]);
    assert!(
        stderr(&output).contains("outside of the project"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn what_an_editor_leaves_beside_a_chapter_is_no_chapter() {
    let project = Project::new();
    project.write("src/en/.#introduction.md", "user@host");
    project.write("src/en/introduction.md~", [0xFF]);
    let output = project.book(&["build"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn a_module_that_leads_to_itself_is_told() {
    let project = Project::new();
    project.edit(
        "examples/01_01_one/src/lib.rs",
        "const TWO",
        "mod lib;\nconst TWO",
    );
    let output = project.book(&["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("module-cycle"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn in_a_pipe_only_the_result_is_told() {
    let project = Project::new();
    let output = project.book(&["build"]);
    assert_eq!(stdout(&output), "");
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    assert!(!stderr(&output).contains('\u{1b}'));
}

#[test]
fn two_builds_of_one_book_are_the_same() {
    let project = Project::new();
    project.book(&["build", "-d", "one"]);
    project.book(&["build", "-d", "two"]);
    assert!(files(&project.path("one")) == files(&project.path("two")));
}

#[test]
fn outside_of_a_book_the_remedy_is_told() {
    let empty = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(common::BOOK)
        .arg("build")
        .current_dir(empty.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("run this inside the repository"));
}
