//! A finished page as the XHTML of an EPUB: the chapter's text alone, as well-formed XML, without what needs a browser.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use regex::Regex;
use scraper::{ElementRef, Html, Selector};

use crate::source::display_path;

/// The parts of a page that are for a browser.
const LEFT_OUT: [&str; 7] = [
    "button", "input", "link", "noscript", "script", "style", "template",
];

/// Elements that HTML never closes, among those of a chapter.
const VOID: [&str; 5] = ["br", "col", "hr", "img", "wbr"];

static MAIN: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("main").expect("a valid selector"));

/// An address on the web, or another one that is not a path.
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[A-Za-z][A-Za-z0-9+.-]*:|//)").expect("a valid pattern"));

/// Text for XML, between tags or in an attribute, without the characters that XML refuses.
pub(super) fn escape(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    crate::html::escape(&text.chars().filter(allowed).collect::<String>())
}

/// Where the links of the pages may lead.
pub(super) struct Links<'a> {
    /// The edition's tag.
    pub(super) tag: &'a str,
    /// Where the site is published, if that is known.
    pub(super) base_url: Option<&'a str>,
    /// The chapters that are in the EPUB.
    pub(super) chapters: BTreeSet<&'a Path>,
}

impl Links<'_> {
    /// Where a link of a chapter leads from the EPUB: to a page in it, else to the site. `None` if that has no address.
    fn resolve(&self, chapter: &Path, link: &str) -> Option<String> {
        if link.starts_with('#') || ADDRESS.is_match(link) {
            return Some(link.to_owned());
        }
        let (path, fragment) = link.split_at(link.find('#').unwrap_or(link.len()));
        let target = target(chapter, path);
        match path.strip_suffix(".html") {
            Some(page) if self.chapters.contains(&*target.with_extension("md")) => {
                Some(format!("{page}.xhtml{fragment}"))
            }
            _ => {
                let base = self.base_url?.trim_end_matches('/');
                let target = display_path(&target);
                Some(format!("{base}/{}/{target}{fragment}", self.tag))
            }
        }
    }
}

/// The file that a path names from a chapter.
fn target(chapter: &Path, path: &str) -> PathBuf {
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let folder = chapter.parent().unwrap_or(Path::new(""));
    display_path(&folder.join(&*path)).into()
}

/// The text of a page.
pub(super) struct Body {
    /// The content of `<body>`.
    pub(super) text: String,
    /// Whether a drawing is in it, which the package must say.
    pub(super) has_svg: bool,
    /// The pictures that it shows, by their paths in the edition's folder.
    pub(super) pictures: BTreeSet<PathBuf>,
}

/// Takes the chapter's text out of a finished page.
pub(super) fn body(html: &str, chapter: &Path, links: &Links<'_>) -> Body {
    let page = Html::parse_document(html);
    let mut writer = Writer {
        chapter,
        links,
        body: Body {
            text: String::new(),
            has_svg: false,
            pictures: BTreeSet::new(),
        },
    };
    for main in page.select(&MAIN) {
        writer.children(main);
    }
    writer.body.text = writer.body.text.trim().to_owned();
    writer.body
}

struct Writer<'a> {
    chapter: &'a Path,
    links: &'a Links<'a>,
    body: Body,
}

impl Writer<'_> {
    fn children(&mut self, element: ElementRef<'_>) {
        for child in element.children() {
            if let Some(element) = ElementRef::wrap(child) {
                self.element(element);
            } else if let Some(text) = child.value().as_text() {
                self.body.text += &escape(text);
            }
        }
    }

    fn element(&mut self, node: ElementRef<'_>) {
        let element = node.value();
        let name = element.name();
        let is = |class: &str| element.classes().any(|own| own == class);
        // Hidden lines can't be unfolded in a book.
        if LEFT_OUT.contains(&name) || is("boring") {
            return;
        }
        let mut link = None;
        match (name, element.attr("href"), element.attr("src")) {
            // The link of a heading to itself.
            ("a", Some(_), _) if is("header") => return self.children(node),
            ("a", Some(href), _) => {
                link = self.links.resolve(self.chapter, href);
                if link.is_none() {
                    return self.children(node);
                }
            }
            ("img", _, Some(src)) if ADDRESS.is_match(src) => {
                self.body.text += &escape(element.attr("alt").unwrap_or_default());
                return;
            }
            ("img", _, Some(src)) => {
                self.body.pictures.insert(target(self.chapter, src));
            }
            _ => {}
        }
        self.body.has_svg |= name == "svg";
        self.body.text += &format!("<{name}");
        for (name, value) in &element.attrs {
            let value = match (&*name.local, &link) {
                ("tabindex", _) => continue,
                ("href", Some(link)) => link,
                _ => &**value,
            };
            match &name.prefix {
                Some(prefix) => self.attribute(&format!("{prefix}:{}", name.local), value),
                None => self.attribute(&name.local, value),
            }
        }
        match name {
            // What is folded away can't be unfolded on every device.
            "details" if is("steps") => self.attribute("open", ""),
            "svg" if element.attr("xmlns").is_none() => {
                self.attribute("xmlns", "http://www.w3.org/2000/svg");
            }
            // An attribute, because the style of an EPUB may not set a direction.
            "pre" | "code" if element.attr("dir").is_none() => self.attribute("dir", "ltr"),
            _ => {}
        }
        if VOID.contains(&name) {
            self.body.text += "/>";
            return;
        }
        self.body.text.push('>');
        self.children(node);
        self.body.text += &format!("</{name}>");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.body.text += &format!(" {name}=\"{}\"", escape(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body_of(main: &str, base_url: Option<&str>) -> Body {
        let links = Links {
            tag: "fa",
            base_url,
            chapters: [Path::new("a/one.md"), Path::new("b/two.md")].into(),
        };
        let page = format!("<nav>No</nav><main>\n{main}\n</main><footer>No</footer>");
        body(&page, Path::new("a/one.md"), &links)
    }

    #[track_caller]
    fn becomes(main: &str, expected: &str) {
        assert_eq!(body_of(main, None).text, expected);
    }

    #[test]
    fn html_becomes_xml() {
        becomes(
            "<p>1 < 2&nbsp;&amp; 3<br>4<details open><summary>5</summary>6\u{1b}</details>",
            "<p>1 &lt; 2\u{a0}&amp; 3<br/>4</p><details open=\"\"><summary>5</summary>6</details>",
        );
        let drawing = body_of("<svg viewbox=\"0 0 1 1\"><path d=\"M0 0\"></svg>", None);
        assert!(drawing.has_svg);
        assert_eq!(
            drawing.text,
            "<svg viewBox=\"0 0 1 1\" xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"></path></svg>"
        );
    }

    #[test]
    fn what_needs_a_browser_is_left_out() {
        becomes(
            "<figure class=\"code\"><input class=\"unfold\" type=\"checkbox\"><button>Run</button><pre tabindex=\"0\"><code class=\"rust\"><span class=\"boring\">use x;\n</span>f();</code></pre></figure>",
            "<figure class=\"code\"><pre dir=\"ltr\"><code class=\"rust\" dir=\"ltr\">f();</code></pre></figure>",
        );
    }

    #[test]
    fn links_stay_in_the_book_or_lead_to_the_site() {
        becomes(
            "<h2 id=\"x\"><a class=\"header\" href=\"#x\">X</a></h2><a href=\"../b/two.html#y\">2</a> <a href=\"#x\">x</a> <a href=\"https://example.org/\">e</a> <a href=\"../translations.html\">t</a>",
            "<h2 id=\"x\">X</h2><a href=\"../b/two.xhtml#y\">2</a> <a href=\"#x\">x</a> <a href=\"https://example.org/\">e</a> t",
        );
        assert_eq!(
            body_of(
                "<a href=\"../translations.html#z\">t</a>",
                Some("https://example.org/book/")
            )
            .text,
            "<a href=\"https://example.org/book/fa/translations.html#z\">t</a>"
        );
    }

    #[test]
    fn pictures_of_the_book_are_shown_and_others_described() {
        let body = body_of(
            "<img src=\"../one%20two.png\" alt=\"1\"><img src=\"//example.org/x.png\" alt=\"2\">",
            None,
        );
        assert_eq!(body.text, "<img src=\"../one%20two.png\" alt=\"1\"/>2");
        assert_eq!(body.pictures, [PathBuf::from("one two.png")].into());
    }
}
