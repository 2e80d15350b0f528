//! What a page shows of the other editions: its picker, and the notice above English text.

use std::cell::RefCell;

use lol_html::{
    RewriteStrSettings, element, errors::RewritingError, html_content::ContentType, rewrite_str,
    text,
};

use crate::{
    html::escape,
    project::{Edition, Language},
};

/// The same page in every edition.
pub(super) struct Links<'a> {
    /// The page, from the edition's folder: `02_execution/03_wakeups.html`.
    pub(super) page: String,
    /// The page that a search engine should show for it: the first chapter is the edition's `index.html`, too.
    pub(super) same_as: String,
    /// What it is called, if it is more than the whole book.
    pub(super) title: Option<String>,
    /// The way from the page to the folder of all editions.
    pub(super) to_root: String,
    /// The name of the edition's EPUB, if there is one.
    pub(super) epub: Option<String>,
    /// Where the site is published, if that is known: an address that ends with `/`.
    pub(super) base_url: Option<String>,
    /// The edition that the page belongs to.
    pub(super) current: &'a Edition,
    /// Every edition, and whether it shows the page in its own language.
    pub(super) editions: Vec<(&'a Edition, bool)>,
    /// The edition that the others fall back to.
    pub(super) source: &'a Edition,
}

impl Links<'_> {
    /// The address of the page's text in another edition: absolute where the site's address is known.
    pub(super) fn address(&self, tag: &str) -> String {
        match &self.base_url {
            Some(base) => format!("{base}{tag}/{}", self.same_as),
            None => format!("{}{tag}/{}", self.to_root, self.same_as),
        }
    }

    /// The edition whose text the page shows.
    pub(super) fn shown(&self) -> &Edition {
        let own = |(edition, translated): &&(&Edition, bool)| {
            edition.tag == self.current.tag && *translated
        };
        match self.editions.iter().find(own) {
            Some(_) => self.current,
            None => self.source,
        }
    }

    /// The editions that have the page in their own language, by their tags, and its addresses there.
    pub(super) fn translations(&self) -> Vec<(&str, String)> {
        let translated = self.editions.iter().filter(|(_, translated)| *translated);
        let tags = translated.map(|(edition, _)| edition.tag.as_str());
        let default = ("x-default", self.address(&self.source.tag));
        tags.map(|tag| (tag, self.address(tag)))
            .chain([default])
            .collect()
    }

    /// A list of links that opens without script; with theme/book.js, they lead to the section that the reader is at.
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
            "<details class=\"editions\"><summary title=\"{label}\">{}</summary><ul>{list}</ul></details>",
            escape(&self.current.language.name),
        )
    }
}

/// Adds the links to a page that mdBook rendered.
pub(super) fn finish(html: &str, links: &Links<'_>) -> Result<String, RewritingError> {
    let picker = links.picker();
    let epub = links.epub.as_ref().map(|name| {
        let to_epub = format!("{}{}/{name}", links.to_root, links.current.tag);
        format!("<li><a href=\"{to_epub}\">EPUB</a></li>")
    });
    let sections = sections(html, &links.shown().tag)?;
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!(".bar .tools", |element| {
            element.prepend(&picker, ContentType::Html);
            Ok(())
        }))
        .append_element_content_handler(element!("#contents a[aria-current]", |element| {
            element.after(&sections, ContentType::Html);
            Ok(())
        }))
        .append_element_content_handler(element!("#contents .more", |element| {
            if let Some(link) = &epub {
                element.append(link, ContentType::Html);
            }
            Ok(())
        }))
        // A table that is wider than the page scrolls, by the keyboard, too.
        .append_element_content_handler(element!(".table-wrapper", |element| {
            element.set_attribute("tabindex", "0")?;
            Ok(())
        }))
        .append_element_content_handler(text!(".number", |text| {
            let number = text.as_str().trim_end_matches('.');
            let own = links.current.language.typography.in_digits(number);
            text.replace(&own, ContentType::Text);
            Ok(())
        }))
        .append_element_content_handler(text!(".blockquote-tag-title", |text| {
            let titles = &links.current.language.strings.admonitions;
            let own = match text.as_str() {
                "Note" => &titles.note,
                "Tip" => &titles.tip,
                "Important" => &titles.important,
                "Warning" => &titles.warning,
                "Caution" => &titles.caution,
                _ => return Ok(()),
            };
            text.replace(own, ContentType::Text);
            Ok(())
        }))
        .append_element_content_handler(element!("#search-open", |button| {
            // theme/book.js shows the button where there is something to search.
            button.set_attribute("data-search", "")?;
            Ok(())
        }));
    // The corner of a table with headings on two sides is no heading itself.
    rewrite_str(&html.replace("<th></th>", "<td></td>"), settings)
}

/// The list of a page's sections, for the contents beside it; nothing for a page that has none. `language` is that of the text.
fn sections(html: &str, language: &str) -> Result<String, RewritingError> {
    let headings: RefCell<Vec<(String, String)>> = RefCell::default();
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("main h2[id]", |heading| {
            let id = heading.get_attribute("id").unwrap_or_default();
            headings.borrow_mut().push((id, String::new()));
            Ok(())
        }))
        .append_element_content_handler(text!("main h2[id]", |text| {
            if let Some((_, title)) = headings.borrow_mut().last_mut() {
                *title += text.as_str();
            }
            Ok(())
        }));
    rewrite_str(html, settings)?;
    let headings = headings.into_inner();
    if headings.is_empty() {
        return Ok(String::new());
    }
    let items: String = headings
        .iter()
        .map(|(id, title)| format!("<li><a href=\"#{id}\">{title}</a></li>"))
        .collect();
    Ok(format!(
        "<ol class=\"sections\" lang=\"{language}\">{items}</ol>"
    ))
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
