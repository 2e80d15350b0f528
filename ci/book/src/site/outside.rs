//! The pages outside of the editions: the one at the site's root, which sends a reader on to the edition they chose before, or
//! else to that of the browser's language; and the one for an address that leads nowhere.

use serde_json::json;

use super::{Site, head::Preview};
use crate::{html::escape, project::Edition};

const STYLE: &str = include_str!("outside.css");
const START: &str = include_str!("start.js");
const LOST: &str = include_str!("lost.js");

/// The page at the root of the site.
pub(super) fn start(site: &Site<'_>) -> String {
    let project = site.desk.project;
    let source = &project.source().language;
    let base = site.options.base_url.as_deref();
    let address = |path: &str| escape(&format!("{}{path}", base.unwrap_or_default()));
    let mut links = String::new();
    let mut list = String::new();
    for edition in &project.editions {
        let tag = &edition.tag;
        links += &format!(
            "<link rel=\"alternate\" hreflang=\"{tag}\" href=\"{}\">\n",
            address(&format!("{tag}/index.html"))
        );
        list += &format!(
            "<li lang=\"{tag}\" dir=\"{}\">{}</li>\n",
            edition.language.direction.as_str(),
            card("", edition)
        );
    }
    let preview = Preview {
        title: &source.title,
        description: &source.description,
        edition: project.source(),
        editions: project.editions.iter().collect(),
        address: base.map(|base| (base.to_owned(), base)),
    };
    let head = format!(
        "<meta name=\"description\" content=\"{}\">\n{links}<link rel=\"alternate\" hreflang=\"x-default\" href=\"{}\">\n{}<script>\n{START}</script>\n",
        escape(&source.description),
        address("index.html"),
        preview.tags(),
    );
    let title = escape(&source.title);
    let body = format!(
        "<h1><img src=\"favicon.svg\" alt=\"{title}\" width=\"72\" height=\"72\"></h1>\n<ul class=\"editions\">\n{list}</ul>\n"
    );
    document("", &title, &head, &body)
}

/// The page for an address that leads nowhere. It may be shown at any depth, so its links begin at the server's root.
pub(super) fn lost(site: &Site<'_>) -> String {
    let project = site.desk.project;
    let root = site.base_path();
    let mut body = format!(
        "<h1><img src=\"{}favicon.svg\" alt=\"\" width=\"72\" height=\"72\"> 404</h1>\n",
        escape(&root)
    );
    for edition in &project.editions {
        let words = &edition.language.strings;
        body += &format!(
            "<section lang=\"{}\" dir=\"{}\">\n<h2>{}</h2>\n<div class=\"near\" hidden><p>{}</p><ul></ul></div>\n<p>{}</p>\n</section>\n",
            edition.tag,
            edition.language.direction.as_str(),
            escape(&words.not_found),
            escape(&words.near),
            card(&root, edition),
        );
    }
    // Every page's address, and its titles in the order of the editions: empty where it is shown in English.
    let source = project.source();
    let pages: Vec<_> = source
        .listed()
        .map(|path| {
            let titles = project
                .editions
                .iter()
                .map(|edition| match edition.chapter(path) {
                    Some(_) => edition.title(path).unwrap_or_default(),
                    None => "",
                });
            let page = crate::source::display_path(&path.with_extension(""));
            [page.as_str()]
                .into_iter()
                .chain(titles)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let book = json!({ "root": root, "pages": pages }).to_string();
    body += &format!(
        "<script id=\"book\" type=\"application/json\">{}</script>\n<script>\n{LOST}</script>\n",
        book.replace('<', "\\u003c")
    );
    let title = format!("404 – {}", escape(&source.language.title));
    document(
        &root,
        &title,
        "<meta name=\"robots\" content=\"noindex\">\n",
        &body,
    )
}

/// The link into an edition.
fn card(root: &str, edition: &Edition) -> String {
    format!(
        "<a class=\"card\" href=\"{}{tag}/index.html\" hreflang=\"{tag}\"><strong>{}</strong> <span>{}</span></a>",
        escape(root),
        escape(&edition.language.title),
        escape(&edition.language.strings.read),
        tag = edition.tag,
    )
}

fn document(root: &str, title: &str, head: &str, body: &str) -> String {
    let root = escape(root);
    format!(
        r#"<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="{root}favicon.svg">
<link rel="apple-touch-icon" href="{root}favicon.png">
<script>try {{ document.documentElement.dataset.theme = localStorage.theme ?? "auto"; }} catch {{ /* nothing is remembered */ }}</script>
{head}<style>
{STYLE}</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"#
    )
}
