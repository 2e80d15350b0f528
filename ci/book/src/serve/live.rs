//! The site that is being served, and what a change to a file means for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::{
    diagnostic::Diagnostic,
    example::EXAMPLES,
    project::{EDITIONS, Project, SOURCE_EDITION},
    site::{Options, Site, replace},
    source::Source,
};

/// The pages on disk, and the book that they were made from.
pub(super) struct Live {
    project: Project,
    folder: TempDir,
    /// The editions whose print page and search index are older than one of their chapters.
    incomplete: BTreeSet<String>,
    /// Files whose change could not be shown yet, because of a mistake in one of them.
    waiting: BTreeSet<PathBuf>,
}

/// What must be rendered again.
#[derive(Debug, PartialEq, Eq)]
enum Change {
    /// One chapter, in the editions that show this one's text of it.
    Chapter { tag: String, path: PathBuf },
    /// Every chapter that includes this file.
    Example(PathBuf),
    /// A whole edition.
    Edition(String),
    /// All editions.
    Everything,
}

/// The pages that one chapter has in the editions; `None` stands for a whole edition.
type Pages = BTreeMap<String, Option<BTreeSet<PathBuf>>>;

const OPTIONS: Options = Options {
    base_url: None,
    stable_names: true,
    epubs: false,
};

impl Live {
    /// Builds the site into a temporary folder.
    pub(super) fn build(root: &Path) -> Result<Self, Vec<Diagnostic>> {
        let project = Project::load(root)?;
        // A mistake that leaves the page readable is told here; `build` and `check` refuse it.
        super::report(&crate::check(&project)?);
        let folder = tempfile::Builder::new()
            .prefix("book-")
            .tempdir()
            .map_err(|error| vec![Diagnostic::io("the temporary folder", &error)])?;
        Site::new(&project, OPTIONS)
            .map_err(|finding| vec![finding])?
            .build_into(folder.path())?;
        Ok(Self {
            project,
            folder,
            incomplete: BTreeSet::new(),
            waiting: BTreeSet::new(),
        })
    }

    /// The folder of the pages.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Removes the pages. The thread that watches may still hold this value when the process ends, so nobody would drop it.
    pub(super) fn remove(&self) {
        let _ = std::fs::remove_dir_all(self.folder.path());
    }

    /// Renders what the changed files, given by their paths from the root, have to do with. Returns the number of pages
    /// and whole editions that were rendered, as a sentence; `None` if the files have to do with nothing.
    ///
    /// # Errors
    ///
    /// A mistake in a file. The pages stay as they are, and the next call takes these files up again.
    pub(super) fn update(
        &mut self,
        files: &BTreeSet<PathBuf>,
    ) -> Result<Option<String>, Vec<Diagnostic>> {
        self.waiting.extend(files.iter().cloned());
        let files = self.waiting.clone();
        let rendered = self.render(&files)?;
        self.waiting.clear();
        Ok(rendered)
    }

    fn render(&mut self, files: &BTreeSet<PathBuf>) -> Result<Option<String>, Vec<Diagnostic>> {
        let changes: Vec<Change> = files.iter().filter_map(|file| self.change(file)).collect();
        let structural = changes
            .iter()
            .any(|change| matches!(change, Change::Edition(_) | Change::Everything));
        if structural {
            self.project = Project::load(self.project.root.clone())?;
        }
        for change in &changes {
            if let (Change::Chapter { tag, path }, false) = (change, structural) {
                self.read_again(tag, path)
                    .map_err(|finding| vec![finding])?;
            }
        }
        let site = Site::new(&self.project, OPTIONS).map_err(|finding| vec![finding])?;
        let pages = pages(&self.project, &site, &changes);
        let mut count = (0, 0);
        for (tag, chapters) in &pages {
            let Some(edition) = self.project.edition(tag) else {
                continue;
            };
            let dest = self.folder.path().join(tag);
            match chapters {
                Some(chapters) => {
                    for chapter in chapters {
                        site.build_chapter(edition, chapter, &dest)?;
                    }
                    count.0 += chapters.len();
                    self.incomplete.insert(tag.clone());
                }
                None => {
                    rebuild(&site, edition, &dest)?;
                    count.1 += 1;
                    self.incomplete.remove(tag);
                }
            }
        }
        if structural {
            site.write_outside(self.folder.path())
                .map_err(|finding| vec![finding])?;
        }
        let plural = |count: usize, noun: &str| {
            (count > 0).then(|| format!("{count} {noun}{}", if count == 1 { "" } else { "s" }))
        };
        let parts: Vec<_> = [plural(count.0, "page"), plural(count.1, "edition")]
            .into_iter()
            .flatten()
            .collect();
        Ok((!parts.is_empty()).then(|| parts.join(" and ")))
    }

    /// Brings the pages that are made of all chapters of an edition up to date.
    pub(super) fn complete(&mut self, tag: &str) -> Result<(), Vec<Diagnostic>> {
        let Some(edition) = self
            .project
            .edition(tag)
            .filter(|_| self.incomplete.contains(tag))
        else {
            return Ok(());
        };
        let site = Site::new(&self.project, OPTIONS).map_err(|finding| vec![finding])?;
        rebuild(&site, edition, &self.folder.path().join(tag))?;
        self.incomplete.remove(tag);
        Ok(())
    }

    /// What a changed file has to do with the book.
    fn change(&self, file: &Path) -> Option<Change> {
        if [EDITIONS, EXAMPLES]
            .iter()
            .any(|folder| file == Path::new(folder))
        {
            return Some(Change::Everything);
        }
        if file.starts_with(EXAMPLES) {
            return Some(Change::Example(file.to_owned()));
        }
        let Ok(below) = file.strip_prefix(EDITIONS) else {
            return (file == Path::new("book.toml") || file.starts_with("theme"))
                .then_some(Change::Everything);
        };
        let tag = below.iter().next()?.to_str()?;
        let path = below.strip_prefix(tag).ok()?;
        let edition = self.project.edition(tag);
        let known = edition.is_some_and(|edition| edition.chapter(path).is_some());
        if known && self.project.root.join(file).is_file() {
            return Some(Change::Chapter {
                tag: tag.to_owned(),
                path: path.to_owned(),
            });
        }
        // The picker of every page names every edition, and English text may be shown in all of them.
        let everywhere =
            tag == SOURCE_EDITION || edition.is_none() || path == Path::new("language.toml");
        Some(if everywhere {
            Change::Everything
        } else {
            Change::Edition(tag.to_owned())
        })
    }

    fn read_again(&mut self, tag: &str, path: &Path) -> Result<(), Diagnostic> {
        let Some(edition) = self
            .project
            .editions
            .iter_mut()
            .find(|edition| edition.tag == tag)
        else {
            return Ok(());
        };
        let source = Source::read(&self.project.root, edition.folder().join(path))?;
        edition.chapters.insert(path.to_owned(), source);
        Ok(())
    }
}

fn pages(project: &Project, site: &Site<'_>, changes: &[Change]) -> Pages {
    let mut pages = Pages::new();
    let mut add = |tag: &str, path: &Path| {
        if let Some(chapters) = pages
            .entry(tag.to_owned())
            .or_insert_with(|| Some(BTreeSet::new()))
        {
            chapters.insert(path.to_owned());
        }
    };
    for change in changes {
        let touched = match change {
            Change::Chapter { tag, path } => project
                .edition(tag)
                .map(|edition| (edition, path.as_path()))
                .into_iter()
                .collect(),
            Change::Example(file) => site.including(file),
            Change::Edition(_) | Change::Everything => Vec::new(),
        };
        for (edition, path) in touched {
            for shown in site.shown_in(edition, path) {
                add(&shown.tag, path);
            }
        }
    }
    for change in changes {
        match change {
            Change::Edition(tag) => drop(pages.insert(tag.clone(), None)),
            Change::Everything => pages.extend(
                project
                    .editions
                    .iter()
                    .map(|edition| (edition.tag.clone(), None)),
            ),
            _ => {}
        }
    }
    pages
}

/// Renders an edition beside its pages, and then puts it in their place, so that no reader meets half of it.
fn rebuild(
    site: &Site<'_>,
    edition: &crate::project::Edition,
    dest: &Path,
) -> Result<(), Vec<Diagnostic>> {
    let fresh = dest.with_file_name(format!(".{}.new", edition.tag));
    site.build_edition(edition, &fresh)?;
    replace(dest, &fresh).map_err(|error| vec![Diagnostic::io(&dest.display().to_string(), &error)])
}
