//! What a page needs to know of the other editions: its picker, its `hreflang` links, and the notice above English text.

use lol_html::{
    RewriteStrSettings, element, errors::RewritingError, html_content::ContentType, rewrite_str,
    text,
};

use crate::{
    comment::ISOLATES,
    html::escape,
    project::{Edition, Language},
};

const STYLE: &str = include_str!("editions.css");
const SCRIPT: &str = include_str!("editions.js");

/// The same page in every edition.
pub(super) struct Links<'a> {
    /// The page, from the edition's folder: `02_execution/03_wakeups.html`.
    pub(super) page: String,
    /// The way from the page to the folder of all editions.
    pub(super) to_root: String,
    /// Where the site is published, if that is known.
    pub(super) base_url: Option<String>,
    /// The edition that the page belongs to.
    pub(super) current: &'a Edition,
    /// Every edition, and whether it shows the page in its own language.
    pub(super) editions: Vec<(&'a Edition, bool)>,
    /// The edition that the others fall back to.
    pub(super) source: &'a Edition,
}

impl Links<'_> {
    /// The page's address in another edition: absolute where the site's address is known.
    fn address(&self, tag: &str) -> String {
        match &self.base_url {
            Some(base) => format!("{}/{tag}/{}", base.trim_end_matches('/'), self.page),
            None => format!("{}{tag}/{}", self.to_root, self.page),
        }
    }

    fn head(&self) -> String {
        let mut head = String::new();
        let mut alternate = |language: &str, address: &str| {
            head += &format!(
                "<link rel=\"alternate\" hreflang=\"{language}\" href=\"{}\">\n",
                escape(address)
            );
        };
        for (edition, _) in self.editions.iter().filter(|(_, translated)| *translated) {
            alternate(&edition.tag, &self.address(&edition.tag));
        }
        alternate("x-default", &self.address(&self.source.tag));
        let translated = self
            .editions
            .iter()
            .any(|(edition, translated)| edition.tag == self.current.tag && *translated);
        if !translated {
            head += &format!(
                "<link rel=\"canonical\" href=\"{}\">\n",
                escape(&self.address(&self.source.tag))
            );
        }
        head + &format!("<style>{STYLE}</style>\n")
    }

    /// A list of links that opens without script; with it, the links lead to the section that the reader is at.
    fn picker(&self) -> String {
        let label = escape(&self.current.language.strings.languages);
        let mut list = String::new();
        for (edition, _) in &self.editions {
            let current = if edition.tag == self.current.tag {
                " aria-current=\"page\""
            } else {
                ""
            };
            list += &format!(
                "<li><a href=\"{}{tag}/{}\" hreflang=\"{tag}\" lang=\"{tag}\" dir=\"{}\"{current}>{}</a></li>",
                self.to_root,
                escape(&self.page),
                edition.language.direction.as_str(),
                escape(&edition.language.name),
                tag = edition.tag,
            );
        }
        format!(
            "<details class=\"editions\"><summary aria-label=\"{label}\" title=\"{label}\">{}</summary><ul>{list}</ul></details><script>{SCRIPT}</script>",
            escape(&self.current.language.name),
        )
    }
}

/// Adds the links to a page that mdBook rendered, and gives tags to what is isolated in its code.
pub(super) fn finish(html: &str, links: &Links<'_>) -> Result<String, RewritingError> {
    let (head, picker) = (links.head(), links.picker());
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("head", |element| {
            element.append(&head, ContentType::Html);
            Ok(())
        }))
        .append_element_content_handler(element!(".right-buttons", |element| {
            element.prepend(&picker, ContentType::Html);
            Ok(())
        }))
        // A code block of Markdown has no tags, so its isolates are characters. Copied with the code, they would be an
        // error of rustc, which does not trust what it cannot see; tags are not copied.
        .append_element_content_handler(text!("code.language-rust", |text| {
            if text.as_str().contains(ISOLATES) {
                let [ltr, rtl, end] = ISOLATES;
                let tags = text
                    .as_str()
                    .replace(ltr, "<bdi dir=\"ltr\">")
                    .replace(rtl, "<bdi dir=\"rtl\">")
                    .replace(end, "</bdi>");
                text.replace(&tags, ContentType::Html);
            }
            Ok(())
        }));
    rewrite_str(html, settings)
}

/// English text on a page of another edition: said so, in the reader's language, and marked for browsers and screen readers.
/// The notice links to the page about the state of the translation.
pub(super) fn untranslated(language: &Language, text: &str, to_status: &str) -> String {
    let notice = escape(&language.strings.untranslated);
    let state = escape(&language.strings.state.title);
    format!(
        "<p class=\"untranslated\" role=\"note\">{notice} <a href=\"{to_status}\">{state}</a></p>\n\n<div lang=\"en\" dir=\"ltr\">\n\n{}\n\n</div>\n",
        text.trim_end()
    )
}
