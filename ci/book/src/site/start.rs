//! The start page: a list of the editions, which sends a reader on to the one they chose before, or else to the browser's language.

use super::Options;
use crate::html::escape;
use crate::project::Project;

const SCRIPT: &str = include_str!("start.js");
const STYLE: &str = include_str!("start.css");

/// The page at the root of the site.
pub(super) fn page(project: &Project, options: &Options) -> String {
    let source = &project.source().language;
    let base = options
        .base_url
        .as_deref()
        .map(|base| format!("{}/", base.trim_end_matches('/')))
        .unwrap_or_default();
    let mut alternates = String::new();
    let mut list = String::new();
    for edition in &project.editions {
        let (tag, language) = (&edition.tag, &edition.language);
        alternates += &format!(
            "<link rel=\"alternate\" hreflang=\"{tag}\" href=\"{}{tag}/index.html\">\n",
            escape(&base)
        );
        list += &format!(
            "<li lang=\"{tag}\" dir=\"{}\"><a href=\"{tag}/index.html\" hreflang=\"{tag}\"><strong>{}</strong> <span>{}</span></a></li>\n",
            language.direction.as_str(),
            escape(&language.title),
            escape(&language.strings.read),
        );
    }
    format!(
        r#"<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="description" content="{description}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{alternates}<link rel="alternate" hreflang="x-default" href="{base}index.html">
<script>{SCRIPT}</script>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<ul>
{list}</ul>
</main>
</body>
</html>
"#,
        title = escape(&source.title),
        description = escape(&source.description),
        base = escape(&base),
    )
}
