//! The site: every edition as pages, side by side, with what needs several of them at once.
//!
//! mdBook renders an edition, driven as a library; the chapters' text comes from the same functions that the stock
//! preprocessor calls. Then each page gets its language picker and its links to the other editions.

use std::{fs, io, path::Path, sync::Arc};

use mdbook_driver::{
    MDBook,
    book::{Book, BookItem, Chapter, SectionNumber},
    config::{Config, HtmlConfig, TextDirection},
};
use rayon::prelude::*;

use crate::{
    diagnostic::Diagnostic,
    example::{EXAMPLES, Example},
    figure::figures,
    picture,
    preprocess::page_path,
    project::{Direction, EDITIONS, Edition, Entry, Project, SOURCE_EDITION, number},
    snippet::Door,
    source::{Source, display_path, files_below},
    terminal,
    theme::Template,
    translation::{desk::Desk, git},
};

mod epub;
mod head;
mod marks;
mod outside;
mod page;
pub(crate) mod search;
mod sitemap;
mod state;
mod sweep;

/// Files of an edition that are for the tool and the translators, not for the site.
const NOT_PUBLISHED: [&str; 5] = [
    picture::TITLE,
    "language.toml",
    "glossary.toml",
    "comments.toml",
    "translation.lock",
];

/// What distinguishes one build of the site from another.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The address that the site will be published at, for links that must be absolute: `https://example.org/book/`.
    pub base_url: Option<String>,
    /// Pages for `serve`: the names of their styles and scripts do not change with their content, so that a page can
    /// be rendered alone.
    pub stable_names: bool,
    /// Whether each edition is written as an EPUB, too.
    pub epubs: bool,
}

/// A book that is ready to be rendered.
#[derive(Debug)]
pub struct Site<'a> {
    desk: Desk<'a>,
    config: Config,
    options: Options,
    marks: marks::Marks,
}

/// A page of an edition: the chapter's own text, or the English one.
struct Text<'a> {
    source: &'a Arc<Source>,
    translated: bool,
}

impl<'a> Site<'a> {
    /// Reads book.toml.
    ///
    /// # Errors
    ///
    /// A book.toml that is missing or wrong.
    pub fn new(project: &'a Project, mut options: Options) -> Result<Self, Diagnostic> {
        if let Some(url) = &mut options.base_url {
            *url = format!("{}/", url.trim_end_matches('/'));
        }
        Ok(Self {
            desk: Desk::new(project),
            config: project.settings()?,
            options,
            marks: marks::Marks::default(),
        })
    }

    /// Builds the whole site into `dest`, one edition per core. Until it is complete, what was in `dest` stays; after a
    /// failure, too.
    ///
    /// # Errors
    ///
    /// Everything that would break a page; a folder that can't be written, or that holds something other than a site.
    pub fn build(&self, dest: &Path) -> Result<(), Vec<Diagnostic>> {
        let one = |finding| vec![finding];
        // A link to a folder stays a link; the folder behind it is replaced.
        let real = fs::canonicalize(dest).unwrap_or_else(|_| dest.to_owned());
        let dest = real.as_path();
        refuse_sources(&self.desk.project.root, dest).map_err(one)?;
        refuse_foreign_folder(dest).map_err(one)?;
        let parent = dest
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        fs::create_dir_all(parent)
            .map_err(|error| one(Diagnostic::io(&display_path(parent), &error)))?;
        let fresh = tempfile::Builder::new()
            .prefix(".book-")
            .tempdir_in(parent)
            .map_err(|error| one(Diagnostic::io(&display_path(parent), &error)))?;
        self.build_into(fresh.path())?;
        replace(dest, fresh.path())
            .map_err(|error| one(Diagnostic::io(&display_path(dest), &error)))
    }

    /// Builds the whole site into an existing folder.
    ///
    /// # Errors
    ///
    /// As [`Site::build`].
    pub fn build_into(&self, folder: &Path) -> Result<(), Vec<Diagnostic>> {
        let editions = &self.desk.project.editions;
        let progress = terminal::progress(editions.len(), "editions");
        let built: Vec<_> = editions
            .par_iter()
            .map(|edition| {
                let result = self.build_edition(edition, &folder.join(&edition.tag));
                progress.inc(1);
                result
            })
            .collect();
        progress.finish_and_clear();
        // The English text that several editions fall back to is wrong only once.
        let mut findings: Vec<Diagnostic> = built
            .into_iter()
            .filter_map(Result::err)
            .flatten()
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        findings.retain(|finding| seen.insert(finding.to_string()));
        if !findings.is_empty() {
            return Err(findings);
        }
        self.write_outside(folder).map_err(|finding| vec![finding])
    }

    /// What is outside of the editions: the page that sends a reader to one, the page for an address that leads nowhere, the
    /// book's mark, and what search engines and GitHub Pages look for.
    pub(crate) fn write_outside(&self, folder: &Path) -> Result<(), Diagnostic> {
        let root = &self.desk.project.root;
        write(&folder.join("index.html"), outside::start(self))?;
        write(&folder.join("404.html"), outside::lost(self))?;
        let mark = &Source::read(root, picture::MARK)?.text;
        write(&folder.join("favicon.svg"), mark)?;
        write(&folder.join("favicon.png"), picture::icon(root)?)?;
        if let Some(base) = &self.options.base_url {
            write(&folder.join("sitemap.xml"), sitemap::sitemap(self))?;
            write(&folder.join("robots.txt"), sitemap::robots(base))?;
        }
        write(&folder.join(SITE_MARK), SITE_MARK_TEXT)
    }

    /// Renders one edition into `dest`, which is emptied first.
    ///
    /// # Errors
    ///
    /// Everything in the edition's chapters, or in the English ones it falls back to, that would break a page.
    pub fn build_edition(&self, edition: &Edition, dest: &Path) -> Result<(), Vec<Diagnostic>> {
        let book = self.book(edition)?;
        let one = |finding| vec![finding];
        self.render(edition, book, dest).map_err(one)?;
        let rendered = files_below(dest, Path::new("")).map_err(one)?;
        self.finish_files(edition, dest).map_err(one)?;
        rendered
            .par_iter()
            .filter(|page| {
                page.extension()
                    .is_some_and(|extension| extension == "html")
            })
            .try_for_each(|page| self.finish_page(edition, page, dest, dest))
            .map_err(one)?;
        // A picture of a link is named by its whole address.
        if self.options.base_url.is_some() {
            let card = picture::card(&self.desk.project.root, edition).map_err(one)?;
            write(&dest.join(head::CARD_FILE), card).map_err(one)?;
        }
        sweep::sweep(dest, &rendered).map_err(one)?;
        self.write_search(edition, dest).map_err(one)?;
        if self.options.epubs {
            self.write_epub(edition, dest).map_err(one)?;
        }
        Ok(())
    }

    /// Writes an edition's EPUB beside its finished pages.
    fn write_epub(&self, edition: &Edition, dest: &Path) -> Result<(), Diagnostic> {
        let project = self.desk.project;
        let mut translators = Vec::new();
        if edition.tag != project.source().tag {
            let lock = self.marks.lock(project, edition)?;
            let records = lock.chapters.values();
            for name in records.flat_map(|record| &record.translators) {
                if !translators.contains(name) {
                    translators.push(name.clone());
                }
            }
        }
        let epub = epub::Epub {
            edition,
            name: epub::file_name(project, edition),
            outline: self.outline(edition),
            authors: match &edition.language.authors {
                authors if authors.is_empty() => self.config.book.authors.clone(),
                authors => authors.clone(),
            },
            translators,
            base_url: self.options.base_url.as_deref(),
            modified: git::last_commit(&project.root),
        };
        epub.write(dest)
    }

    /// Renders one chapter of an edition again, into the folder of an edition that was built before.
    ///
    /// The page's neighbours are rendered as empty chapters beside it, for its links to them, and thrown away. So the
    /// cost does not depend on the size of the book.
    ///
    /// # Errors
    ///
    /// Everything in the chapter that would break its page.
    pub fn build_chapter(
        &self,
        edition: &Edition,
        chapter: &Path,
        dest: &Path,
    ) -> Result<(), Vec<Diagnostic>> {
        let one = |finding| vec![finding];
        let chapters: Vec<&Path> = self.desk.project.source().listed().collect();
        let Some(at) = chapters.iter().position(|path| *path == chapter) else {
            return Ok(());
        };
        let mut book = Book::new();
        for (place, path) in chapters
            .iter()
            .enumerate()
            .take(at + 2)
            .skip(at.saturating_sub(1))
        {
            let mut item = self.chapter(edition, path);
            if place == at {
                item.content = self.text(edition, path)?;
            }
            book.items.push(BookItem::Chapter(item));
        }
        let scratch = tempfile::tempdir()
            .map_err(|error| one(Diagnostic::io("the temporary folder", &error)))?;
        let pages = scratch.path().join("pages");
        self.render(edition, book, &pages).map_err(one)?;
        let page = chapter.with_extension("html");
        self.finish_page(edition, &page, &pages, dest)
            .map_err(one)?;
        if at == 0 {
            self.finish_page(edition, Path::new("index.html"), &pages, dest)
                .map_err(one)?;
        }
        Ok(())
    }

    /// The editions that show this edition's text of a chapter: itself, and for English text those that lack the chapter.
    pub fn shown_in(&self, edition: &Edition, chapter: &Path) -> Vec<&'a Edition> {
        let is_source = edition.tag == self.desk.project.source().tag;
        self.desk
            .project
            .editions
            .iter()
            .filter(|other| {
                other.tag == edition.tag || (is_source && other.chapter(chapter).is_none())
            })
            .collect()
    }

    /// The chapters, as (edition, chapter), whose text includes a file, given by its path from the root.
    pub fn including(&self, file: &Path) -> Vec<(&'a Edition, &'a Path)> {
        use crate::{
            directive::{Directive, directives},
            snippet::target,
        };
        // A snippet shows its whole file, and the modules in it: so any Rust file of the crate may be on the page.
        let rust = |path: &Path| path.extension().is_some_and(|extension| extension == "rs");
        let shows = |path: &Path| {
            path == file
                || (rust(path)
                    && rust(file)
                    && Example::folder_of(path) == Example::folder_of(file))
        };
        let includes = |source: &Arc<Source>| {
            directives(source).iter().any(|directive| match directive {
                Directive::Include(include) | Directive::Recording(include) => {
                    shows(&target(source, include))
                }
                _ => false,
            })
        };
        self.desk
            .project
            .editions
            .par_iter()
            .flat_map_iter(|edition| {
                edition
                    .chapters
                    .iter()
                    .filter(|(_, source)| includes(source))
                    .map(move |(path, _)| (edition, path.as_path()))
            })
            .collect()
    }

    /// An edition's parts and chapters, without their text: the English contents, in the edition's words where it has them.
    fn outline(&self, edition: &Edition) -> Book {
        let source = self.desk.project.source();
        let mut book = Book::new();
        for (at, entry) in source.contents.iter().enumerate() {
            book.items.push(match entry {
                Entry::Separator => BookItem::Separator,
                Entry::Part(title) => {
                    let chapters =
                        source.contents[at + 1..]
                            .iter()
                            .map_while(|entry| match entry {
                                Entry::Chapter { path, .. } => Some(path),
                                _ => None,
                            });
                    let translated = chapters.into_iter().find_map(|path| edition.part_of(path));
                    BookItem::PartTitle(translated.unwrap_or(title).to_owned())
                }
                Entry::Chapter { path, .. } => BookItem::Chapter(self.chapter(edition, path)),
            });
        }
        book
    }

    /// An edition's book, and the page about the state of its translation.
    fn book(&self, edition: &Edition) -> Result<Book, Vec<Diagnostic>> {
        let mut book = self.outline(edition);
        let mut findings = Vec::new();
        for item in &mut book.items {
            if let BookItem::Chapter(chapter) = item {
                let path = chapter.source_path.as_deref();
                let path = path.expect("every chapter has a file");
                match self.text(edition, path) {
                    Ok(text) => chapter.content = text,
                    Err(errors) => findings.extend(errors),
                }
            }
        }
        if findings.is_empty() {
            book.items.push(BookItem::Separator);
            book.items
                .push(BookItem::Chapter(self.state_page(edition)?));
            Ok(book)
        } else {
            Err(findings)
        }
    }

    /// The page about the state of the translation, which no edition has to write.
    fn state_page(&self, edition: &Edition) -> Result<Chapter, Vec<Diagnostic>> {
        let translations = self.desk.project.editions.iter().skip(1);
        let wanted = translations.filter(|other| {
            edition.tag == self.desk.project.source().tag || other.tag == edition.tag
        });
        let locks = wanted
            .map(|other| Ok((other, (*self.marks.lock(self.desk.project, other)?).clone())))
            .collect::<Result<Vec<_>, Diagnostic>>()
            .map_err(|finding| vec![finding])?;
        let html: HtmlConfig = self.config.html_config().unwrap_or_default();
        let contributing = match &html.git_repository_url {
            Some(url) => format!(
                "[CONTRIBUTING.md]({}/blob/main/CONTRIBUTING.md)",
                url.trim_end_matches('/')
            ),
            None => "`CONTRIBUTING.md`".to_owned(),
        };
        let text = state::page(&self.desk, edition, &locks, &contributing);
        let title = &edition.language.strings.state.title;
        Ok(Chapter::new(
            title,
            text,
            page_path(Path::new(state::PAGE)),
            Vec::new(),
        ))
    }

    /// A chapter without its text.
    fn chapter(&self, edition: &Edition, path: &Path) -> Chapter {
        let title = match self.source_of(edition, path) {
            Some(Text {
                translated: true, ..
            }) => edition.title(path),
            _ => self.desk.project.source().title(path),
        };
        let mut chapter = Chapter::new(
            title.unwrap_or_default(),
            String::new(),
            page_path(path),
            Vec::new(),
        );
        chapter.source_path = Some(path.to_owned());
        chapter.number = number(path).map(SectionNumber::new);
        chapter
    }

    /// The text that an edition shows for a chapter, expanded, its code blocks as figures; English text is marked as such,
    /// below a notice.
    fn text(&self, edition: &Edition, path: &Path) -> Result<String, Vec<Diagnostic>> {
        let Some(Text { source, translated }) = self.source_of(edition, path) else {
            let summary = &self.desk.project.source().summary;
            let at = summary.text.find(&display_path(path)).unwrap_or(0);
            return Err(vec![
                Diagnostic::new(
                    "missing-chapter",
                    format!("there is no chapter `{}`", display_path(path)),
                )
                .at(
                    summary.place(at..at + display_path(path).len()),
                    "no such file beside this SUMMARY.md",
                )
                .help("write the chapter, or remove its line"),
            ]);
        };
        let page = |source| {
            let text = self.desk.snippets.expand(source, Door::Page)?;
            Ok(figures(&text, &edition.language))
        };
        let text = page(source)?;
        let to_status = format!(
            "{}{}",
            "../".repeat(path.components().count() - 1),
            Path::new(state::PAGE).with_extension("html").display()
        );
        if !translated {
            return Ok(page::untranslated(&edition.language, &text, &to_status));
        }
        if edition.tag == self.desk.project.source().tag {
            return Ok(text);
        }
        let marked = self
            .marks
            .mark(&self.desk, edition, path, source, &to_status)
            .map_err(|finding| vec![finding])?;
        match marked {
            None => Ok(text),
            // The text above has shown that its includes are right.
            Some(marked) => {
                let marked = Arc::new(Source::new(source.path.as_str(), marked));
                page(&marked)
            }
        }
    }

    fn source_of(&self, edition: &'a Edition, path: &Path) -> Option<Text<'a>> {
        match edition.chapter(path) {
            Some(source) => Some(Text {
                source,
                translated: true,
            }),
            None => Some(Text {
                source: self.desk.project.source().chapter(path)?,
                translated: false,
            }),
        }
    }

    /// Drives mdBook. It gets an empty folder to copy files from, because it would follow links out of the repository.
    fn render(&self, edition: &Edition, book: Book, dest: &Path) -> Result<(), Diagnostic> {
        let empty =
            tempfile::tempdir().map_err(|error| Diagnostic::io("the temporary folder", &error))?;
        let fail = |error: mdbook_driver::errors::Error| {
            let said: Vec<_> = error.chain().map(ToString::to_string).collect();
            Diagnostic::new(
                "mdbook",
                format!(
                    "mdBook could not render the edition `{}`: {}",
                    edition.tag,
                    said.join(": ")
                ),
            )
        };
        let theme = self.theme_of(edition)?;
        let mut config = self.config_of(edition, empty.path(), dest).map_err(fail)?;
        config
            .set("output.html.theme", theme.path())
            .map_err(fail)?;
        let mut mdbook = MDBook::load_with_config_and_summary(
            &self.desk.project.root,
            config,
            Default::default(),
        )
        .map_err(fail)?;
        mdbook.book = book;
        mdbook.build().map_err(fail)
    }

    /// A copy of the theme, with the template in the edition's words.
    fn theme_of(&self, edition: &Edition) -> Result<tempfile::TempDir, Diagnostic> {
        let root = &self.desk.project.root;
        let fail = |error| Diagnostic::io("the temporary folder", &error);
        let folder = tempfile::tempdir().map_err(fail)?;
        for file in files_below(root, Path::new("theme"))? {
            let to = folder
                .path()
                .join(file.strip_prefix("theme").expect("it was found in it"));
            to.parent()
                .map_or(Ok(()), fs::create_dir_all)
                .map_err(fail)?;
            fs::copy(root.join(&file), to)
                .map_err(|error| Diagnostic::io(&display_path(&file), &error))?;
        }
        let template = Template::read(root)?.in_words(&edition.language.strings.page);
        write(&folder.path().join("index.hbs"), &template)?;
        Ok(folder)
    }

    /// book.toml with what is the edition's own, and without the preprocessor that has done its work already.
    fn config_of(
        &self,
        edition: &Edition,
        folder: &Path,
        dest: &Path,
    ) -> mdbook_driver::errors::Result<Config> {
        let mut config = self.config.clone();
        config.book.title = Some(edition.language.title.clone());
        config.book.description = Some(edition.language.description.clone());
        config.book.language = Some(edition.tag.clone());
        config.book.text_direction = Some(match edition.language.direction {
            Direction::Ltr => TextDirection::LeftToRight,
            Direction::Rtl => TextDirection::RightToLeft,
        });
        config.book.src = folder.to_owned();
        config.build.build_dir = std::path::absolute(dest)?;
        let mut others = config.preprocessors::<toml::Value>()?;
        others.remove("book");
        config.set("preprocessor", others)?;
        // With a second renderer, mdBook would put the pages one folder deeper.
        let pages = config.get::<toml::Value>("output.html")?;
        config.set(
            "output",
            toml::Table::from_iter(pages.map(|pages| ("html".to_owned(), pages))),
        )?;
        if self.options.stable_names {
            config.set("output.html.hash-files", false)?;
        }
        // One page for all editions says that an address leads nowhere.
        config.set("output.html.input-404", "")?;
        Ok(config)
    }

    /// The path of the site on its server: `/book/`.
    fn base_path(&self) -> String {
        let html: HtmlConfig = self.config.html_config().unwrap_or_default();
        let url = self.options.base_url.as_deref().map(url_path);
        let path = url.or(html.site_url).unwrap_or_default();
        format!("{}/", path.trim_end_matches('/'))
    }

    /// Copies what is no chapter: the edition's pictures, and the English ones that it has no picture of its own for.
    fn finish_files(&self, edition: &Edition, dest: &Path) -> Result<(), Diagnostic> {
        for folder in [edition.folder(), self.desk.project.source().folder()] {
            for file in files_below(&self.desk.project.root, &folder)? {
                let path = file
                    .strip_prefix(&folder)
                    .expect("it was found in this folder");
                let published = path.extension().is_some_and(|extension| extension != "md")
                    && !NOT_PUBLISHED.iter().any(|name| path == Path::new(name));
                let to = dest.join(path);
                if published && !to.exists() {
                    let copied = to.parent().map_or(Ok(()), fs::create_dir_all);
                    copied
                        .and_then(|()| fs::copy(self.desk.project.root.join(&file), &to))
                        .map_err(|error| Diagnostic::io(&display_path(&file), &error))?;
                }
            }
        }
        Ok(())
    }

    /// Adds to a page that mdBook wrote below `from` what leads to the other editions, and writes it below `to`.
    fn finish_page(
        &self,
        edition: &Edition,
        page: &Path,
        from: &Path,
        to: &Path,
    ) -> Result<(), Diagnostic> {
        let shown = display_path(page);
        let html =
            fs::read_to_string(from.join(page)).map_err(|error| Diagnostic::io(&shown, &error))?;
        let links = self.links(edition, page);
        let html = page::finish(&html, &links)
            .and_then(|html| head::finish(&html, &links))
            .map_err(|error| {
                Diagnostic::new("bad-html", format!("{shown}: {error}")).in_file(shown)
            })?;
        write(&to.join(page), html)
    }

    /// Writes what search needs: the text of the finished chapters, and the script that searches it.
    fn write_search(&self, edition: &Edition, dest: &Path) -> Result<(), Diagnostic> {
        let source = self.desk.project.source();
        let page = |path: &Path| {
            let file = path.with_extension("html");
            let shown = display_path(&file);
            let html = fs::read_to_string(dest.join(&file))
                .map_err(|error| Diagnostic::io(&shown, &error))?;
            let sections = search::sections(&html).map_err(|error| {
                Diagnostic::new("bad-html", format!("{shown}: {error}")).in_file(&*shown)
            })?;
            let own = edition.chapter(path).is_some();
            let lang = if own { &edition.tag } else { &source.tag };
            Ok(search::Page {
                path: shown,
                lang,
                sections,
            })
        };
        let chapters: Vec<&Path> = source.listed().collect();
        let pages = chapters.into_par_iter().map(page);
        let pages = pages.collect::<Result<_, Diagnostic>>()?;
        let forms = &edition.language.search;
        let index = search::Index::new(forms, &source.language.search, pages);
        let folder = dest.join(search::FOLDER);
        let script = Source::read(&self.desk.project.root, search::SCRIPT)
            .map_err(|finding| finding.help("this is what searches in the browser; git has it"))?;
        write(&folder.join("search.js"), &script.text)?;
        let file = folder.join(search::INDEX);
        fs::write(&file, index.packed())
            .map_err(|error| Diagnostic::io(&file.display().to_string(), &error))
    }

    /// The same page in every edition.
    fn links(&self, edition: &'a Edition, page: &Path) -> page::Links<'a> {
        // mdBook writes the first chapter a second time, as the edition's index.
        let index = Path::new("index.html");
        let first = self.desk.project.source().listed().next();
        let chapter = if page == index {
            first.map(Path::to_owned)
        } else {
            Some(page.with_extension("md"))
                .filter(|path| self.desk.project.source().title(path).is_some())
        };
        let title = match &chapter {
            Some(chapter) => Some(self.chapter(edition, chapter).name),
            None => (page.with_extension("md") == Path::new(state::PAGE))
                .then(|| edition.language.strings.state.title.clone()),
        };
        let same_as = if chapter.is_some() && chapter.as_deref() == first {
            index
        } else {
            page
        };
        let has = |edition: &Edition| {
            chapter
                .as_deref()
                .is_none_or(|path| edition.chapter(path).is_some())
        };
        let source = self.desk.project.source();
        page::Links {
            page: display_path(page),
            same_as: display_path(same_as),
            title,
            to_root: "../".repeat(page.components().count()),
            epub: self
                .options
                .epubs
                .then(|| epub::file_name(self.desk.project, edition)),
            base_url: self.options.base_url.clone(),
            current: edition,
            editions: self
                .desk
                .project
                .editions
                .iter()
                .map(|edition| (edition, has(edition)))
                .collect(),
            source,
        }
    }
}

/// The path of a URL: `/book/` of `https://example.org/book/`.
fn url_path(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/')
        .map_or("/".to_owned(), |slash| rest[slash..].to_owned())
}

/// The file by which a folder is known to be a site of ours, that may be replaced by the next one.
const SITE_MARK: &str = ".nojekyll";

/// The files outside of the editions.
const OUTSIDE: [&str; 7] = [
    SITE_MARK,
    "index.html",
    "404.html",
    "favicon.svg",
    "favicon.png",
    "sitemap.xml",
    "robots.txt",
];

/// What stands in it. Other sites have a file of this name, too.
const SITE_MARK_TEXT: &str = "The site is complete as it is; nothing is to be generated from it.\n";

/// Refuses the book's own folders: building there would delete the sources, or copy the site into itself.
fn refuse_sources(root: &Path, dest: &Path) -> Result<(), Diagnostic> {
    let fail = |error| Diagnostic::io(&dest.display().to_string(), &error);
    let root = root.canonicalize().map_err(fail)?;
    let absolute = std::path::absolute(dest).map_err(fail)?;
    // What exists of the way, with its links resolved, and then the rest.
    let existing = absolute
        .ancestors()
        .find_map(|part| Some((part, part.canonicalize().ok()?)));
    let dest = match existing {
        Some((part, real)) => real.join(absolute.strip_prefix(part).unwrap_or(Path::new(""))),
        None => absolute.clone(),
    };
    let sources = [EDITIONS, EXAMPLES, "theme", "ci", ".git"];
    if root.starts_with(&dest)
        || sources
            .iter()
            .any(|folder| dest.starts_with(root.join(folder)))
    {
        return Err(Diagnostic::new(
            "foreign-folder",
            format!("`{}` is where the book's sources are", absolute.display()),
        )
        .help("name a folder beside them: the default is `book`"));
    }
    Ok(())
}

fn refuse_foreign_folder(dest: &Path) -> Result<(), Diagnostic> {
    let shown = dest.display().to_string();
    let entries = match fs::read_dir(dest) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Diagnostic::io(&shown, &error)),
    };
    // What a build leaves: these files, and a folder for each edition, in which mdBook has put the same mark.
    let mut marked =
        fs::read(dest.join(SITE_MARK)).is_ok_and(|text| text == SITE_MARK_TEXT.as_bytes());
    let mut known = true;
    let mut empty = true;
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let edition = entry.path().join(SITE_MARK).is_file();
        // `mdbook build` leaves the English edition alone, without the mark beside it.
        marked |= edition && name == SOURCE_EDITION;
        known &= edition || OUTSIDE.iter().any(|file| name == *file);
        empty = false;
    }
    let ours = empty || (marked && known);
    if ours {
        return Ok(());
    }
    Err(Diagnostic::new(
        "foreign-folder",
        format!("`{shown}` holds files that are not a site of this book"),
    )
    .help("building would delete them: name an empty folder, or one that does not exist"))
}

/// Puts `fresh` in the place of `dest`. Both are in the same folder.
pub(crate) fn replace(dest: &Path, fresh: &Path) -> io::Result<()> {
    let old = fresh.with_extension("old");
    let had_old = match fs::rename(dest, &old) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    if let Err(error) = fs::rename(fresh, dest) {
        if had_old {
            fs::rename(&old, dest)?;
        }
        return Err(error);
    }
    // tempfile makes folders private; a site is to be read.
    open_to_readers(dest)?;
    if had_old {
        fs::remove_dir_all(&old)
    } else {
        Ok(())
    }
}

#[cfg(unix)]
fn open_to_readers(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_readers(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn write(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Diagnostic> {
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text));
    written.map_err(|error| Diagnostic::io(&path.display().to_string(), &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_url() {
        assert_eq!(url_path("https://example.org/book/"), "/book/");
        assert_eq!(url_path("https://example.org"), "/");
        assert_eq!(url_path("/book"), "/book");
    }

    #[test]
    fn a_folder_of_other_files_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert!(refuse_foreign_folder(&folder.path().join("new")).is_ok());
        assert!(refuse_foreign_folder(folder.path()).is_ok());
        fs::write(folder.path().join("thesis.tex"), "").unwrap();
        assert_eq!(
            refuse_foreign_folder(folder.path()).unwrap_err().rule,
            "foreign-folder"
        );
        fs::write(folder.path().join(SITE_MARK), "").unwrap();
        assert!(
            refuse_foreign_folder(folder.path()).is_err(),
            "somebody else's site"
        );
        fs::write(folder.path().join(SITE_MARK), SITE_MARK_TEXT).unwrap();
        assert!(refuse_foreign_folder(folder.path()).is_err());
    }
}
