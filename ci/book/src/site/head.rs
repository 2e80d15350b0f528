//! What a page's head says of it: to a browser's tab, to search engines, and to those who are sent a link to it.

use std::cell::RefCell;

use lol_html::{
    RewriteStrSettings, element, errors::RewritingError, html_content::ContentType, rewrite_str,
    text,
};

use super::page::Links;
use crate::{
    html::{escape, unescape},
    picture::CARD,
    project::Edition,
    tag,
};

/// The name of an edition's card, in the edition's folder of the site.
pub(super) const CARD_FILE: &str = "card.png";

/// The length of a description, in characters, that search engines show.
const LENGTH: usize = 160;

/// How a page looks where it is linked to.
pub(super) struct Preview<'a> {
    /// What it is called.
    pub(super) title: &'a str,
    /// What it is about, in a sentence.
    pub(super) description: &'a str,
    /// The edition whose card is shown.
    pub(super) edition: &'a Edition,
    /// The edition whose language the page is in, and then the others that have it in theirs.
    pub(super) editions: Vec<&'a Edition>,
    /// Its address and that of the site, both absolute. A card can't be linked to without.
    pub(super) address: Option<(String, &'a str)>,
}

impl Preview<'_> {
    /// The tags of <https://ogp.me>, which chats and networks read.
    pub(super) fn tags(&self) -> String {
        let mut tags = String::new();
        let mut say = |name: &str, value: &str| {
            tags += &format!(
                "<meta property=\"og:{name}\" content=\"{}\">\n",
                escape(value)
            );
        };
        let book = &self.edition.language.title;
        say("type", "article");
        say("site_name", book);
        say("title", self.title);
        say("description", self.description);
        for (at, edition) in self.editions.iter().enumerate() {
            let name = if at == 0 {
                "locale"
            } else {
                "locale:alternate"
            };
            say(name, &tag::locale(&edition.tag));
        }
        let Some((address, site)) = &self.address else {
            return tags + "<meta name=\"twitter:card\" content=\"summary\">\n";
        };
        say("url", address);
        say("image", &format!("{site}{}/{CARD_FILE}", self.edition.tag));
        say("image:width", &CARD.0.to_string());
        say("image:height", &CARD.1.to_string());
        say("image:alt", book);
        tags + "<meta name=\"twitter:card\" content=\"summary_large_image\">\n"
    }
}

impl Links<'_> {
    /// The links to the same page in the other editions, and to the one that a search engine should show.
    fn alternates(&self) -> String {
        let mut links = String::new();
        for (tag, address) in self.translations() {
            links += &format!(
                "<link rel=\"alternate\" hreflang=\"{tag}\" href=\"{}\">\n",
                escape(&address)
            );
        }
        // Without the site's address, a page cannot name itself.
        let shown = self.shown();
        if self.base_url.is_some() || shown.tag != self.current.tag {
            let address = escape(&self.address(&shown.tag));
            links += &format!("<link rel=\"canonical\" href=\"{address}\">\n");
        }
        links
    }
}

/// Gives a page that mdBook rendered its title, its description, and its links.
pub(super) fn finish(html: &str, links: &Links<'_>) -> Result<String, RewritingError> {
    let book = &links.current.language;
    let title = links.title.as_deref();
    let description = match title {
        Some(_) => first_paragraph(html)?,
        None => None,
    };
    let description = shorten(description.as_deref().unwrap_or(&book.description));
    let shown = links.shown();
    let others = links
        .editions
        .iter()
        .filter(|(edition, translated)| *translated && edition.tag != shown.tag);
    let preview = Preview {
        title: title.unwrap_or(&book.title),
        description: &description,
        edition: links.current,
        editions: [shown]
            .into_iter()
            .chain(others.map(|(edition, _)| *edition))
            .collect(),
        address: links
            .base_url
            .as_deref()
            .map(|base| (links.address(&shown.tag), base)),
    };
    let more = format!(
        "{}<link rel=\"apple-touch-icon\" href=\"{}favicon.png\">\n{}",
        links.alternates(),
        links.to_root,
        preview.tags(),
    );
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("head > title", |element| {
            if let Some(title) = title {
                let title = format!("{title} – {}", book.title);
                element.set_inner_content(&title, ContentType::Text);
            }
            Ok(())
        }))
        .append_element_content_handler(element!("meta[name=description]", |element| {
            Ok(element.set_attribute("content", &escape(&description))?)
        }))
        .append_element_content_handler(element!("head", |element| {
            element.append(&more, ContentType::Html);
            Ok(())
        }));
    rewrite_str(html, settings)
}

/// The text of a page's first paragraph that is the chapter's own: not a notice, nor one that is folded, quoted or listed.
fn first_paragraph(html: &str) -> Result<Option<String>, RewritingError> {
    let paragraphs: RefCell<Vec<(bool, String)>> = RefCell::default();
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("main p", |_| {
            paragraphs.borrow_mut().push((true, String::new()));
            Ok(())
        }))
        .append_element_content_handler(element!(
            "main .untranslated, main details p, main blockquote p, main li p",
            |_| {
                if let Some((wanted, _)) = paragraphs.borrow_mut().last_mut() {
                    *wanted = false;
                }
                Ok(())
            }
        ))
        .append_element_content_handler(text!("main p", |text| {
            if let Some((_, paragraph)) = paragraphs.borrow_mut().last_mut() {
                *paragraph += text.as_str();
            }
            Ok(())
        }));
    rewrite_str(html, settings)?;
    let mut wanted = paragraphs
        .into_inner()
        .into_iter()
        .filter(|(wanted, _)| *wanted);
    Ok(wanted.next().map(|(_, text)| unescape(&text)))
}

/// A text in one line, and no longer than a description is: cut between words, or where its script has none, anywhere.
fn shorten(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(LENGTH) else {
        return text;
    };
    let cut = &text[..end];
    let space = cut.rfind(' ').filter(|space| *space > end / 2);
    let cut = &cut[..space.unwrap_or(end)];
    format!(
        "{}…",
        cut.trim_end_matches([' ', ',', '،', '，', '、', ';', ':', '.'])
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_the_first_paragraph_of_the_text() {
        let html = "<p>bar</p><main><p class=\"untranslated\">notice</p><details><p>old</p></details><ul><li><p>item</p></li></ul>\
                    <p>A <code>Vec&lt;u8&gt;</code>\nis\n<em>it</em>.</p><p>More.</p></main>";
        let found = first_paragraph(html).unwrap().unwrap();
        assert_eq!(shorten(&found), "A Vec<u8> is it.");
        assert_eq!(first_paragraph("<main><h1>A</h1></main>").unwrap(), None);
    }

    #[test]
    fn a_long_description_is_cut_between_words() {
        let text = "word, ".repeat(60);
        let short = shorten(&text);
        assert!(short.ends_with("word…"), "{short}");
        assert!(short.chars().count() <= LENGTH + 1, "{short}");
        let han = "字".repeat(300);
        assert_eq!(shorten(&han), format!("{}…", "字".repeat(LENGTH)));
        assert_eq!(shorten(&"字".repeat(LENGTH)), "字".repeat(LENGTH));
    }
}
