//! The book as an EPUB: an edition's finished pages in one file, for reading devices.
//!
//! The file is an EPUB 3.3: an archive whose first entry tells its type, a package document with the metadata and the
//! order of the pages, a navigation document, and the pages as XHTML. It is written here, on the `zip` crate: the crate
//! `epub-builder` takes identifiers at random and dates from the clock, and knows neither the direction of a page nor
//! what the metadata say of accessibility.
//!
//! No font is in it: a reader of a language has a device with its letters, and chooses the font there.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    io::{self, Cursor, Write as _},
    path::{Path, PathBuf},
};

use mdbook_driver::book::{Book, BookItem, Chapter};
use uuid::Uuid;
use zip::{CompressionMethod, ZipWriter, result::ZipResult, write::SimpleFileOptions};

use self::xhtml::{Links, escape};
use crate::{
    diagnostic::Diagnostic,
    project::{Edition, Project, SOURCE_EDITION},
    source::display_path,
};

mod cover;
mod xhtml;

const STYLE: &str = include_str!("epub.css");

/// Who may do what with the book. A file that travels alone must say it; LICENSE-CC-BY-4.0 and its neighbours have the text.
const RIGHTS: &str = "CC BY 4.0; code: MIT OR Apache-2.0";

/// When a book without a history was modified.
const NO_DATE: &str = "2000-01-01T00:00:00Z";

/// The name of an edition's EPUB, in the edition's folder: the English title and the tag,
/// `asynchronous-rust-from-the-ground-up-fa.epub`.
pub(super) fn file_name(project: &Project, edition: &Edition) -> String {
    let title = project.source().language.title.to_lowercase();
    let words = title.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!("{}-{}.epub", words.join("-"), edition.tag)
}

/// What an edition's EPUB is made of, beside its pages.
pub(super) struct Epub<'a> {
    /// The edition.
    pub(super) edition: &'a Edition,
    /// The file's name.
    pub(super) name: String,
    /// The parts and chapters, in their order.
    pub(super) outline: Book,
    /// Who wrote the book.
    pub(super) authors: Vec<String>,
    /// Who translated it.
    pub(super) translators: Vec<String>,
    /// Where the site is published, if that is known.
    pub(super) base_url: Option<&'a str>,
    /// The time of the last commit, if there is one: the clock would make each build another file.
    pub(super) modified: Option<String>,
}

/// A file of the package, by its path beside the package document.
struct File {
    path: String,
    media: &'static str,
    /// What the package document says of it: `cover-image`.
    properties: &'static str,
    /// Whether it is a page, which readers turn to.
    page: bool,
    bytes: Vec<u8>,
}

impl File {
    fn page(path: impl Into<String>, text: String, properties: &'static str) -> Self {
        Self {
            path: path.into(),
            media: "application/xhtml+xml",
            properties,
            page: true,
            bytes: text.into_bytes(),
        }
    }

    fn resource(
        path: impl Into<String>,
        media: &'static str,
        bytes: impl Into<Vec<u8>>,
        properties: &'static str,
    ) -> Self {
        Self {
            path: path.into(),
            media,
            properties,
            page: false,
            bytes: bytes.into(),
        }
    }
}

impl Epub<'_> {
    /// Writes the EPUB beside the finished pages that it is made from.
    ///
    /// # Errors
    ///
    /// A page that can't be read, a picture of a kind that an EPUB may not hold, a file that can't be written.
    pub(super) fn write(&self, pages: &Path) -> Result<(), Diagnostic> {
        let files = self.files(pages)?;
        let bytes = archive(&self.package(&files), &files)
            .map_err(|error| Diagnostic::io(&self.name, &io::Error::from(error)))?;
        fs::write(pages.join(&self.name), bytes).map_err(|error| Diagnostic::io(&self.name, &error))
    }

    fn chapters(&self) -> impl Iterator<Item = &Chapter> {
        self.outline.items.iter().filter_map(|item| match item {
            BookItem::Chapter(chapter) => Some(chapter),
            _ => None,
        })
    }

    /// Every file, the pages in their order.
    fn files(&self, pages: &Path) -> Result<Vec<File>, Diagnostic> {
        let title = &self.edition.language.title;
        let mut files = vec![
            File::page("cover.xhtml", self.cover_page(), ""),
            File::page("title.xhtml", self.title_page(), ""),
            File::page("nav.xhtml", self.navigation(), "nav"),
        ];
        let links = Links {
            tag: &self.edition.tag,
            base_url: self.base_url,
            chapters: self.chapters().map(path_of).collect(),
        };
        let mut pictures = BTreeSet::new();
        for chapter in self.chapters() {
            let html = path_of(chapter).with_extension("html");
            let shown = display_path(&html);
            let html = fs::read_to_string(pages.join(&html))
                .map_err(|error| Diagnostic::io(&shown, &error))?;
            let body = xhtml::body(&html, path_of(chapter), &links);
            let properties = if body.has_svg { "svg" } else { "" };
            pictures.extend(body.pictures);
            let path = place_of(chapter);
            let to_root = "../".repeat(path.matches('/').count());
            let text = self.page(&chapter.name, &to_root, &body.text);
            files.push(File::page(path, text, properties));
        }
        files.push(File::resource("book.css", "text/css", STYLE, ""));
        let cover = cover::svg(&self.edition.tag, self.edition.language.direction, title);
        files.push(File::resource("cover.svg", SVG, cover, "cover-image"));
        for picture in pictures {
            let shown = display_path(&picture);
            let media = media_type(&picture).ok_or_else(|| {
                Diagnostic::new("bad-picture", format!("an EPUB can't hold `{shown}`"))
                    .help("make it an SVG, PNG, JPEG, GIF or WebP")
            })?;
            let bytes =
                fs::read(pages.join(&picture)).map_err(|error| Diagnostic::io(&shown, &error))?;
            files.push(File::resource(format!("text/{shown}"), media, bytes, ""));
        }
        Ok(files)
    }

    fn page(&self, title: &str, to_root: &str, body: &str) -> String {
        let tag = &self.edition.tag;
        format!(
            r#"<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{tag}" xml:lang="{tag}" dir="{}">
<head>
<title>{}</title>
<link rel="stylesheet" href="{to_root}book.css"/>
</head>
<body>
{body}
</body>
</html>
"#,
            self.edition.language.direction.as_str(),
            escape(title),
        )
    }

    fn cover_page(&self) -> String {
        let title = &self.edition.language.title;
        let body = format!(
            "<section class=\"cover\" epub:type=\"cover\"><img src=\"cover.svg\" role=\"doc-cover\" alt=\"{}\"/></section>",
            escape(title)
        );
        self.page(title, "", &body)
    }

    fn title_page(&self) -> String {
        let language = &self.edition.language;
        let mut body = format!(
            "<section class=\"title\" epub:type=\"titlepage\">\n<h1>{}</h1>\n<p>{}</p>\n<p>{}</p>\n",
            escape(&language.title),
            escape(&language.description),
            escape(&self.authors.join(", ")),
        );
        if !self.translators.is_empty() {
            let _ = writeln!(
                body,
                "<p><small>{}</small><br/>{}</p>",
                escape(&language.strings.state.translators),
                escape(&self.translators.join(", ")),
            );
        }
        let _ = writeln!(body, "<p dir=\"ltr\"><small>{RIGHTS}</small></p>");
        if let Some(address) = self.address() {
            let address = escape(&address);
            let _ = writeln!(
                body,
                "<p dir=\"ltr\"><small><a href=\"{address}\">{address}</a></small></p>"
            );
        }
        body += "</section>";
        self.page(&language.title, "", &body)
    }

    /// Where the edition is published.
    fn address(&self) -> Option<String> {
        let base = self.base_url?.trim_end_matches('/');
        Some(format!("{base}/{}/", self.edition.tag))
    }

    /// The table of contents, and where its landmarks are.
    fn navigation(&self) -> String {
        let words = &self.edition.language.strings.epub;
        let mut parts: Vec<(Option<&str>, String)> = vec![(None, String::new())];
        for item in &self.outline.items {
            match item {
                BookItem::PartTitle(title) => parts.push((Some(title), String::new())),
                BookItem::Separator => parts.push((None, String::new())),
                BookItem::Chapter(chapter) => {
                    let (_, list) = parts.last_mut().expect("it begins with one");
                    *list += &self.entry(chapter);
                }
            }
        }
        let mut list = String::new();
        for (title, chapters) in parts.iter().filter(|(_, chapters)| !chapters.is_empty()) {
            match title {
                Some(title) => {
                    let title = escape(title);
                    let _ = write!(
                        list,
                        "<li><span>{title}</span>\n<ol>\n{chapters}</ol></li>\n"
                    );
                }
                None => list += chapters,
            }
        }
        let first = self.chapters().next().map(|first| {
            format!(
                "<li><a epub:type=\"bodymatter\" href=\"{}\">{}</a></li>\n",
                escape(&place_of(first)),
                escape(&first.name)
            )
        });
        let body = format!(
            r#"<nav epub:type="toc" role="doc-toc" aria-labelledby="contents">
<h1 id="contents">{contents}</h1>
<ol>
{list}</ol>
</nav>
<nav epub:type="landmarks" aria-label="{contents}" hidden="hidden">
<ol>
<li><a epub:type="cover" href="cover.xhtml">{}</a></li>
<li><a epub:type="toc" href="nav.xhtml">{contents}</a></li>
{}</ol>
</nav>"#,
            escape(&words.cover),
            first.unwrap_or_default(),
            contents = escape(&words.contents),
        );
        self.page(&words.contents, "", &body)
    }

    fn entry(&self, chapter: &Chapter) -> String {
        let number = chapter.number.as_ref().map(|number| {
            let number = number.to_string();
            format!("{} ", self.digits(number.trim_end_matches('.')))
        });
        let name = escape(&chapter.name);
        let name = match self.edition.chapter(path_of(chapter)) {
            Some(_) => name,
            None => format!("<span lang=\"{SOURCE_EDITION}\" dir=\"ltr\">{name}</span>"),
        };
        format!(
            "<li><a href=\"{}\">{}{name}</a></li>\n",
            escape(&place_of(chapter)),
            number.unwrap_or_default(),
        )
    }

    /// A number in the digits of the language.
    fn digits(&self, number: &str) -> String {
        let own: Vec<char> = self.edition.language.typography.digits.chars().collect();
        let own = |digit: char| own.get(digit.to_digit(10)? as usize).copied();
        number.chars().map(|c| own(c).unwrap_or(c)).collect()
    }

    /// The package document: what the book is, its files, and their order.
    fn package(&self, files: &[File]) -> String {
        let (tag, language) = (&self.edition.tag, &self.edition.language);
        let direction = language.direction.as_str();
        let mut metadata = String::new();
        let mut dc = |name: &str, text: &str| {
            let _ = writeln!(metadata, "<dc:{name}>{}</dc:{name}>", escape(text));
        };
        dc("title", &language.title);
        dc("language", tag);
        dc("description", &language.description);
        dc("rights", RIGHTS);
        if let Some(address) = self.address() {
            dc("source", &address);
        }
        let people = self.authors.iter().map(|name| ("creator", "aut", name));
        let translators = self.translators.iter();
        let people = people.chain(translators.map(|name| ("contributor", "trl", name)));
        for (at, (kind, role, name)) in people.enumerate() {
            let _ = writeln!(
                metadata,
                "<dc:{kind} id=\"person{at}\">{}</dc:{kind}>\n\
                 <meta refines=\"#person{at}\" property=\"role\" scheme=\"marc:relators\">{role}</meta>",
                escape(name)
            );
        }
        let mut manifest = String::new();
        let mut spine = String::new();
        for (at, file) in files.iter().enumerate() {
            let properties = match file.properties {
                "" => String::new(),
                properties => format!(" properties=\"{properties}\""),
            };
            let _ = writeln!(
                manifest,
                "<item id=\"file{at}\" href=\"{}\" media-type=\"{}\"{properties}/>",
                escape(&file.path),
                file.media
            );
            if file.page {
                let _ = writeln!(spine, "<itemref idref=\"file{at}\"/>");
            }
        }
        format!(
            r#"<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{tag}" dir="{direction}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{id}</dc:identifier>
{metadata}<meta property="dcterms:modified">{modified}</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">displayTransformability</meta>
<meta property="schema:accessibilityFeature">readingOrder</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">{summary}</meta>
</metadata>
<manifest>
{manifest}</manifest>
<spine page-progression-direction="{direction}">
{spine}</spine>
</package>
"#,
            // The same from build to build, so that a reading device takes a new file for a new version of the book.
            id = Uuid::new_v5(&Uuid::NAMESPACE_URL, self.name.as_bytes()).urn(),
            modified = self.modified.as_deref().unwrap_or(NO_DATE),
            summary = escape(&language.strings.epub.accessibility),
        )
    }
}

fn path_of(chapter: &Chapter) -> &Path {
    chapter
        .source_path
        .as_deref()
        .expect("every chapter has a file, or SUMMARY.md is refused")
}

/// A chapter's page in the package. Its folder keeps its name apart from those of our own pages.
fn place_of(chapter: &Chapter) -> String {
    let path: PathBuf = path_of(chapter).with_extension("xhtml");
    format!("text/{}", display_path(&path))
}

const SVG: &str = "image/svg+xml";

/// The type of a picture, if readers must know it.
fn media_type(picture: &Path) -> Option<&'static str> {
    Some(match picture.extension()?.to_str()? {
        "svg" => SVG,
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        _ => return None,
    })
}

/// Where a reader finds the package document.
const CONTAINER: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"#;

/// The archive. All entries have the earliest time that there is, because the crate is without its feature `time`.
fn archive(package: &str, files: &[File]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |path: &str, bytes: &[u8], method| {
        zip.start_file(
            path,
            SimpleFileOptions::default().compression_method(method),
        )?;
        zip.write_all(bytes)?;
        ZipResult::Ok(())
    };
    // First and as it is, so that a program can tell what this is from the first bytes.
    add(
        "mimetype",
        b"application/epub+zip",
        CompressionMethod::Stored,
    )?;
    add(
        "META-INF/container.xml",
        CONTAINER.as_bytes(),
        CompressionMethod::Deflated,
    )?;
    add(
        "EPUB/package.opf",
        package.as_bytes(),
        CompressionMethod::Deflated,
    )?;
    for file in files {
        let path = format!("EPUB/{}", file.path);
        add(&path, &file.bytes, CompressionMethod::Deflated)?;
    }
    Ok(zip.finish()?.into_inner())
}
