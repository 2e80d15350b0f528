//! Code blocks on the pages of both doors.

mod common;

use common::{Project, stderr};
use regex::Regex;

/// Code that Markdown and HTML would take for something of theirs.
const NASTY: &str = "let a = \"</code></pre>\";\n\n\n\tlet b = a && *c* <d>;\n    - [e](f)\n-->\n    &amp; {{g}} \\`";

const PAGE: &str = "01_basics/01_one";

/// A block with this code, each line but the first behind `lead`.
fn block(info: &str, code: &str, lead: &str) -> String {
    let text = format!("```{info}\n{code}\n```");
    text.replace('\n', &format!("\n{lead}"))
}

/// The figures of a page.
fn figures(page: &str) -> Vec<String> {
    let figure = Regex::new("(?s)<figure.*?</figure>").unwrap();
    let found = figure.find_iter(page);
    found.map(|figure| figure.as_str().to_owned()).collect()
}

/// The text of a figure's code.
fn text(figure: &str) -> String {
    Regex::new("<[^>]*>|^\\s+")
        .unwrap()
        .replace_all(figure, "")
        .trim()
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[test]
fn a_figure_holds_its_code_wherever_the_block_stands() {
    let project = Project::new();
    let long = format!("{NASTY}\n{}", "long ".repeat(2000).trim());
    let nasty = |info, lead| block(info, &long, lead);
    let chapter = [
        "# One".to_owned(),
        format!("Text\n{}\nmore `text`.", nasty("rust", "")),
        format!(
            "- a\n  {}\n- {}\n  last *words*",
            nasty("text", "  "),
            nasty("rust", "  ")
        ),
        format!("> {}\n> end *of it*", nasty("rust", "> ")),
        format!("> 1. x\n>\n>    {}", nasty("text", ">    ")),
        format!(
            "<details>\n<summary>s</summary>\n\n{}\n\n</details>",
            nasty("rust", "")
        ),
        format!("~~~console\n$ {long}\n~~~"),
        "```text\nnever closed\n".to_owned(),
    ]
    .join("\n\n");
    for chapter in [chapter.replace('\n', "\r\n"), chapter] {
        project.write(&format!("src/en/{PAGE}.md"), &chapter);
        let page = project.stock("en", PAGE);
        let found = figures(&page);
        assert_eq!(found.len(), 8, "{page}");
        for figure in &found[..6] {
            assert_eq!(text(figure), long);
        }
        assert_eq!(text(&found[6]), format!("$ {long}"));
        assert_eq!(text(&found[7]), "never closed");
        // What directly follows a block is still Markdown, and a list without empty lines is tight.
        for html in [
            "<code>text</code>",
            "<em>words</em>",
            "<em>of it</em>",
            "<li>a",
        ] {
            assert!(page.contains(html), "{html}: {page}");
        }
        let from = page.find("<figure").unwrap();
        assert!(
            page[from..].contains("</figure></details>") || page.contains("</figure>\n</details>"),
            "{page}"
        );
    }
}

#[test]
fn both_doors_make_the_same_figures_in_each_edition() {
    let project = Project::new();
    project.edit(
        "examples/01_01_one/src/lib.rs",
        "pub fn double",
        "/// Twice `x`.\npub fn double",
    );
    project.write(
        "src/fa/comments.toml",
        "\"Twice `x`.\" = \"دو برابر `x`.\"\n",
    );
    let output = project.book(&["build"]);
    assert!(output.status.success(), "{}", stderr(&output));
    for (tag, words) in [("en", "Show hidden lines"), ("fa", "نمایش خط‌های پنهان")]
    {
        let found = figures(&project.read(&format!("book/{tag}/{PAGE}.html")));
        assert_eq!(found, figures(&project.stock(tag, PAGE)));
        assert!(
            found[0].contains(&format!("aria-label=\"{words}\"")),
            "{found:?}"
        );
    }
}
