//! `sitemap.xml`, which tells search engines of every page of every edition, and `robots.txt`, which tells them of it.

use std::path::Path;

use super::{Site, state};
use crate::html::escape;

/// The map: a page for each edition that has it in its own language, with the others beside it. An edition that shows a page
/// in English has nothing to add to the English one.
pub(super) fn sitemap(site: &Site<'_>) -> String {
    let project = site.desk.project;
    let state = Path::new(state::PAGE);
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for chapter in project.source().listed().chain([state]) {
        let links = site.links(project.source(), &chapter.with_extension("html"));
        let translations = links.translations();
        let alternates: String = translations
            .iter()
            .map(|(tag, address)| {
                let address = escape(address);
                format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\"/>\n")
            })
            .collect();
        for (_, address) in translations.iter().filter(|(tag, _)| *tag != "x-default") {
            map += &format!(
                "<url>\n<loc>{}</loc>\n{alternates}</url>\n",
                escape(address)
            );
        }
    }
    map + "</urlset>\n"
}

/// All may be read.
pub(super) fn robots(base_url: &str) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n")
}
