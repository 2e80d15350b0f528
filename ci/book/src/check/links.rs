//! Links: each leads to a page and a place that every reader of the edition has.

use std::{
    path::{Component, Path, PathBuf},
    sync::LazyLock,
};

use regex::Regex;

use super::{Book, Chapter, Findings};
use crate::{
    chapter::{Link, Structure},
    diagnostic::Diagnostic,
    recording::{chapter::Recorded, step_of},
    source::display_path,
};

static SCHEME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^([A-Za-z][A-Za-z0-9+.-]*):").expect("a valid pattern"));

/// A host of letters, digits, dots and hyphens, or an IPv6 address in brackets; a port; and then anything but space.
static URL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^https?://(?:[\w-]+(?:\.[\w-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:[/?#]\S*)?$",
    )
    .expect("a valid pattern")
});

static MAIL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^mailto:[^\s@]+@[^\s@]+$").expect("a valid pattern"));

pub(super) fn check(book: &Book<'_>, chapter: &Chapter<'_>) -> Findings {
    let links = chapter.structure.links.iter();
    // A link that holds an include is refused as such; where it leads is anybody's guess.
    let links = links.filter(|link| !link.target.contains("{{"));
    links
        .filter_map(|link| {
            Looked {
                book,
                chapter,
                link,
            }
            .problem()
        })
        .collect()
}

/// A link that is being looked at.
struct Looked<'a> {
    book: &'a Book<'a>,
    chapter: &'a Chapter<'a>,
    link: &'a Link,
}

impl Looked<'_> {
    fn problem(&self) -> Option<Diagnostic> {
        let target = self.link.target.as_str();
        if target.is_empty() {
            return self.finding(
                "dead-link",
                "this link has no target".into(),
                "leads nowhere",
                "write the target into its parentheses: `[text](target)`",
            );
        }
        if SCHEME.is_match(target) {
            return self.address(target);
        }
        let (file, fragment) = match target.split_once('#') {
            Some((file, fragment)) => (decode(file), Some(decode(fragment))),
            None => (decode(target), None),
        };
        let folder = self.chapter.path.parent().unwrap_or(Path::new(""));
        if file.starts_with('/') {
            return self.finding(
                "outside-link",
                format!("`{target}` begins at the root of the web site"),
                "the book may be published below it",
                "write the path from this chapter's folder",
            );
        }
        let Some(path) = within(folder, &file) else {
            return self.finding(
                "outside-link",
                format!("`{target}` is outside of the book"),
                "not published with the pages",
                "link to a chapter, or to the file's address on the web; `{{#include …}}` shows a file",
            );
        };
        if let Some(fragment) = fragment.as_ref().filter(|_| file.is_empty()) {
            return self.fragment(self.chapter, fragment);
        }
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("html") => self.finding(
                "html-link",
                format!("`{target}` is a page of the finished site"),
                "link to the chapter instead",
                format!(
                    "write `{}`: mdBook turns it into the page's address",
                    target.replacen(".html", ".md", 1)
                ),
            ),
            Some("md") => match self.book.page(self.chapter.edition, &path) {
                Some(chapter) => self.fragment(chapter, &fragment?),
                // A chapter that is listed and not written is reported where it is listed.
                None if self.book.project.source().title(&path).is_some() => None,
                None => self.finding(
                    "dead-link",
                    format!("there is no chapter `{}`", display_path(&path)),
                    "leads nowhere",
                    "link to a chapter that src/en/SUMMARY.md lists, by its path from this chapter's folder",
                ),
            },
            _ => self.file(&path, folder),
        }
    }

    /// A target with a scheme, `https:`.
    fn address(&self, target: &str) -> Option<Diagnostic> {
        if URL.is_match(target) || MAIL.is_match(target) {
            return None;
        }
        self.finding(
            "bad-url",
            format!("`{target}` is not an address on the web"),
            "a browser can't follow this",
            "write `https://host/path`; for a chapter or a file of the book, its path from this chapter",
        )
    }

    /// A file that is published beside the pages: a picture, for example. The English ones are there in all editions.
    fn file(&self, path: &Path, folder: &Path) -> Option<Diagnostic> {
        let root = &self.book.project.root;
        let editions = [self.chapter.edition, self.book.project.source()];
        if editions
            .iter()
            .any(|edition| root.join(edition.folder()).join(path).is_file())
        {
            return None;
        }
        let from = display_path(&self.chapter.edition.folder().join(folder));
        self.finding(
            "dead-link",
            format!("there is no file `{}`", display_path(path)),
            "leads nowhere",
            format!("the path is relative to the chapter's folder, `{from}`"),
        )
    }

    fn fragment(&self, chapter: &Chapter<'_>, fragment: &str) -> Option<Diagnostic> {
        let Structure {
            headings,
            other_ids,
            ..
        } = &chapter.structure;
        let headings = headings.iter().filter_map(|heading| heading.id.as_deref());
        let ids: Vec<_> = headings
            .chain(other_ids.iter().map(|id| id.name.as_str()))
            .collect();
        if ids.contains(&fragment) {
            return None;
        }
        for Recorded { id, recording, .. } in &chapter.recordings {
            if fragment == id {
                return None;
            }
            if let Some(step) = step_of(fragment, id) {
                let last = recording.steps.len();
                return if step <= last {
                    self.step(step)
                } else {
                    self.finding(
                        "dead-fragment",
                        format!("the recording `{id}` has no step {step}"),
                        "no such place on that page",
                        format!("its steps are `#{id}-1` to `#{id}-{last}`"),
                    )
                };
            }
        }
        // What the others have is not known.
        if !chapter.unrecorded.is_empty() {
            return None;
        }
        let recordings = chapter.recordings.iter();
        let ids = ids
            .into_iter()
            .chain(recordings.map(|recorded| recorded.id.as_str()));
        let ids: Vec<_> = ids.map(|id| format!("`{id}`")).collect();
        self.finding(
            "dead-fragment",
            format!("`{}` has no id `{fragment}`", chapter.source.path),
            "no such place on that page",
            format!("its ids are {}", ids.join(", ")),
        )
    }

    /// A link to a step of a recorded run. If its text has a number, that is the step's.
    fn step(&self, step: usize) -> Option<Diagnostic> {
        static NUMBER: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"\d+").expect("a valid pattern"));
        let span = &self.link.span;
        let text =
            &self.chapter.source.text[span.start..self.link.target_span.start.max(span.start)];
        let digits = &self.chapter.edition.language.typography;
        let right = digits.in_digits(&step.to_string());
        let mut numbers = NUMBER.find_iter(text).peekable();
        let first = numbers.peek().map(|number| number.range())?;
        if numbers.any(|number| number.as_str() == right) {
            return None;
        }
        let place = self
            .chapter
            .place(&(span.start + first.start..span.start + first.end));
        Some(
            Diagnostic::new("wrong-step", format!("this link leads to step {step}"))
                .at(place, "another number")
                .help(format!(
                    "write `{right}`, or link to the step that you mean"
                )),
        )
    }

    fn finding(
        &self,
        rule: &'static str,
        message: String,
        label: &str,
        help: impl Into<String>,
    ) -> Option<Diagnostic> {
        let place = self.chapter.place(&self.link.target_span);
        Some(Diagnostic::new(rule, message).at(place, label).help(help))
    }
}

/// The path that `file` names from `folder`, if it does not lead out of the edition.
fn within(folder: &Path, file: &str) -> Option<PathBuf> {
    let mut path = folder.to_owned();
    for part in Path::new(file).components() {
        match part {
            Component::Normal(name) => path.push(name),
            Component::CurDir => {}
            Component::ParentDir if path.pop() => {}
            _ => return None,
        }
    }
    Some(path)
}

/// Text of a URL with its `%XX` as the bytes that they stand for.
fn decode(text: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.unwrap_or(text.into()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_host() {
        for good in [
            "https://doc.rust-lang.org/std/?q=a#b",
            "http://localhost:3000",
            "https://[::1]/",
            "https://пример.рф/a",
        ] {
            assert!(URL.is_match(good), "{good}");
        }
        for bad in [
            "https:/doc.rust-lang.org",
            "https://",
            "https:///std",
            "https://a b/",
            "https://a..b/",
            "ftp://a/",
        ] {
            assert!(!URL.is_match(bad), "{bad}");
        }
    }

    #[test]
    fn escapes_are_bytes_and_what_is_no_escape_stays() {
        assert_eq!(decode("%D0%B0%20b"), "а b");
        assert_eq!(decode("100%, 5%2"), "100%, 5%2");
        assert_eq!(decode("%FF"), "%FF");
    }

    #[test]
    fn a_path_does_not_leave_the_edition() {
        assert_eq!(within(Path::new("a"), "../b/./c.md"), Some("b/c.md".into()));
        assert_eq!(within(Path::new("a"), "../../b"), None);
        assert_eq!(within(Path::new(""), "/b"), None);
    }
}
