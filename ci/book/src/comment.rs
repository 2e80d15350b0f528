//! The comments in the code that chapters show: found by rustc's own lexer, and shown in the reader's language.
//!
//! A translated chapter includes the same lines of the same file as the English one. On its page, each comment in them
//! is replaced by what the edition's [`Dictionary`] says, wrapped anew; not a token of the code changes.

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{Arc, LazyLock},
};

use ra_ap_rustc_lexer::{DocStyle, FrontmatterAllowed, TokenKind, tokenize};
use regex::Regex;
use textwrap::{Options, WordSplitter, WrapAlgorithm, core::display_width};

use crate::{
    anchor::is_marker,
    chapter::Fence,
    directive::Include,
    snippet::{Snippets, snippet_includes},
    source::Source,
};

pub use dictionary::{Dictionary, line};

pub mod command;
mod dictionary;

/// The length of a line of code, as rustfmt has it.
const WIDTH: usize = 100;

/// As much of it as a page shows: a right-to-left comment begins at its right end, where nobody shall have to scroll to.
const RIGHT_TO_LEFT_WIDTH: usize = 80;

/// The room that a comment has even if there is none left behind the code.
const LEAST_ROOM: usize = 30;

/// A comment: a paragraph of consecutive lines with the same marker and indentation, or what stands behind code.
///
/// An empty line of a comment, an anchor's marker and an item of a list begin a new one. Code in documentation is none,
/// nor is what has no letter in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its text, the lines joined by spaces, without the markers.
    pub text: String,
    /// Its lines in the file, counted from 0.
    pub lines: Range<usize>,
    /// Its bytes, from the first marker on.
    span: Range<usize>,
    /// What it begins with: `//`, `///`, `//!`, `/*`, `/**` or `/*!`.
    marker: &'static str,
}

/// A comment that a chapter shows.
#[derive(Debug)]
pub struct Shown {
    /// The comment.
    pub comment: Comment,
    /// The file that it stands in.
    pub file: Arc<Source>,
    /// The chapter's include that shows it.
    pub include: Include,
}

static ITEM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[-*+]|\d+\.) ").expect("a valid pattern"));

static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new("`[^`]+`").expect("a valid pattern"));

static RIGHT_TO_LEFT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{Arabic}\p{Hebrew}\p{Syriac}\p{Thaana}\p{Nko}]").expect("a valid pattern")
});

/// Sets off text from the direction of what is around it: U+2067 right to left, U+2066 left to right, up to U+2069.
pub(crate) const ISOLATES: [char; 3] = ['\u{2066}', '\u{2067}', '\u{2069}'];

/// The comments of a Rust file, in order.
pub fn comments(text: &str) -> Vec<Comment> {
    let mut found: Vec<Comment> = Vec::new();
    // The line, the indentation and the marker of a comment that the next line may go on with.
    let mut above: Option<(usize, &str, &str)> = None;
    let mut paragraph = false;
    let mut in_code = false;
    let mut end = 0;
    let mut line = 0;
    for token in tokenize(text, FrontmatterAllowed::Yes) {
        let start = end;
        end += token.len as usize;
        let first = line;
        let written = &text[start..end];
        line += written.matches('\n').count();
        let before = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
        let (marker, content) = match token.kind {
            TokenKind::LineComment { doc_style } => {
                let marker = marker(["//", "///", "//!"], doc_style);
                (marker, written[marker.len()..].trim().to_owned())
            }
            TokenKind::BlockComment {
                doc_style,
                terminated: true,
            } => {
                let marker = marker(["/*", "/**", "/*!"], doc_style);
                let Some(inside) = written[marker.len()..].strip_suffix("*/") else {
                    continue;
                };
                let lines = inside
                    .lines()
                    .map(|line| line.trim().trim_matches('*').trim());
                let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
                above = None;
                if !ends_a_block(inside) {
                    found.push(Comment {
                        text: lines.join(" "),
                        lines: first..line + 1,
                        span: start..end,
                        marker,
                    });
                }
                continue;
            }
            _ => continue,
        };
        let goes_on = above.is_some_and(|above| above == (first.wrapping_sub(1), before, marker));
        in_code &= goes_on;
        above = before.trim().is_empty().then_some((first, before, marker));
        let fence = marker != "//" && content.starts_with("```");
        if content.is_empty() || fence || in_code || is_marker(written) {
            in_code ^= fence;
            paragraph = false;
            continue;
        }
        let span = start..start + written.trim_end().len();
        match found.last_mut() {
            Some(last) if goes_on && paragraph && !ITEM.is_match(&content) => {
                last.text += &format!(" {content}");
                last.lines.end = first + 1;
                last.span.end = span.end;
            }
            _ => found.push(Comment {
                text: content,
                lines: first..first + 1,
                span,
                marker,
            }),
        }
        paragraph = true;
    }
    found.retain(|comment| comment.text.contains(char::is_alphabetic));
    found
}

/// The comments that the Rust blocks of a chapter show, in order. What can't be included is somebody else's concern.
pub fn shown(snippets: &Snippets, chapter: &Arc<Source>, fences: &[Fence]) -> Vec<Shown> {
    let includes = fences
        .iter()
        .filter_map(|fence| snippet_includes(chapter, fence))
        .flatten();
    let resolved = includes.filter_map(|include| {
        let (file, lines) = snippets.resolve(chapter, &include).ok()?;
        Some((include, file, lines))
    });
    resolved
        .flat_map(|(include, file, lines)| {
            let found = file.comments().iter();
            found
                .filter(|comment| lines.contains(&comment.lines.start))
                .map(|comment| Shown {
                    comment: comment.clone(),
                    file: Arc::clone(&file.source),
                    include: include.clone(),
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The lines of a Rust file that are others with its comments translated, by their numbers from 0: what stands in the
/// place of each, which is nothing where the translation has fewer lines, or several lines where it has more.
pub fn translate(
    text: &str,
    comments: &[Comment],
    dictionary: &Dictionary,
) -> BTreeMap<usize, String> {
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> = text
        .split_inclusive('\n')
        .scan(0, |end, line| {
            let start = *end;
            *end += line.len();
            Some(start)
        })
        .collect();
    let mut changed: BTreeMap<usize, String> = BTreeMap::new();
    // From the last to the first: what is before a comment has not moved yet.
    for comment in comments.iter().rev() {
        let Some(translation) = dictionary.get(&comment.text) else {
            continue;
        };
        let (first, last) = (comment.lines.start, comment.lines.end - 1);
        let before = &text[starts[first]..comment.span.start];
        let line = changed.get(&last).map_or(lines[last], String::as_str);
        let after = &line[comment.span.end - starts[last]..];
        let new = format!("{before}{}{after}", comment.rendered(before, translation));
        changed.extend((first..=last).map(|number| (number, String::new())));
        changed.insert(first, new);
    }
    changed
}

impl Comment {
    /// The comment with another text, behind what stands before it on its line.
    fn rendered(&self, before: &str, text: &str) -> String {
        let indent: String = if before.trim().is_empty() {
            before.to_owned()
        } else {
            " ".repeat(display_width(before))
        };
        let is_block = self.marker.starts_with("/*");
        let (lead, end) = if is_block {
            (" ".repeat(self.marker.len()), " */")
        } else {
            (self.marker.to_owned(), "")
        };
        let hanging = ITEM.find(text).map_or(0, |item| item.len());
        let taken = display_width(before) + self.marker.len() + 1 + hanging + end.len();
        let isolated = RIGHT_TO_LEFT.is_match(text);
        let width = if isolated { RIGHT_TO_LEFT_WIDTH } else { WIDTH };
        let lines = wrapped(text, width.saturating_sub(taken).max(LEAST_ROOM));
        let mut rendered = self.marker.to_owned();
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                rendered += &format!("\n{indent}{lead}{}", " ".repeat(hanging));
            }
            rendered.push(' ');
            rendered += &if isolated {
                isolate(line)
            } else {
                line.clone()
            };
        }
        rendered + end
    }
}

/// Text in lines of at most `room` columns. A piece of code stays on one line.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let in_code = |text: &str, from: &str, to: &str| {
        CODE.replace_all(text, |code: &regex::Captures<'_>| code[0].replace(from, to))
            .into_owned()
    };
    let options = Options::new(room)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(&in_code(text, " ", "\u{A0}"), options)
        .iter()
        .map(|line| in_code(line, "\u{A0}", " "))
        .collect()
}

/// A line of right-to-left text, set off from the code that it stands in; and the code in it set off from the text.
fn isolate(line: &str) -> String {
    let [ltr, rtl, end] = ISOLATES;
    let line = CODE.replace_all(line, |code: &regex::Captures<'_>| {
        format!("{ltr}{}{end}", &code[0])
    });
    format!("{rtl}{line}{end}")
}

/// Whether text would begin or end a block comment.
fn ends_a_block(text: &str) -> bool {
    text.contains("*/") || text.contains("/*")
}

fn marker(markers: [&'static str; 3], doc: Option<DocStyle>) -> &'static str {
    match doc {
        None => markers[0],
        Some(DocStyle::Outer) => markers[1],
        Some(DocStyle::Inner) => markers[2],
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;
    use crate::source::files_below;

    fn texts(text: &str) -> Vec<String> {
        let found = comments(text).into_iter();
        found.map(|comment| comment.text).collect()
    }

    fn dictionary<'a>(entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> Dictionary {
        let lines = entries.into_iter().map(|(key, text)| line(key, text));
        let text = lines.collect::<Vec<_>>().join("\n");
        Dictionary::parse(Arc::new(Source::new("comments.toml", text))).unwrap()
    }

    /// The whole file, translated.
    fn translated(text: &str, dictionary: &Dictionary) -> String {
        let changed = translate(text, &comments(text), dictionary);
        let lines = text.lines().enumerate().flat_map(|(number, line)| {
            let lines = changed.get(&number);
            lines.map_or_else(|| vec![line], |lines| lines.lines().collect())
        });
        lines.map(|line| format!("{line}\n")).collect()
    }

    /// What the compiler sees: no comments, no white space.
    fn tokens(text: &str) -> Vec<&str> {
        let mut end = 0;
        let mut found = Vec::new();
        for token in tokenize(text, FrontmatterAllowed::Yes) {
            let start = end;
            end += token.len as usize;
            let is_seen = !matches!(
                token.kind,
                TokenKind::LineComment { .. }
                    | TokenKind::BlockComment { .. }
                    | TokenKind::Whitespace
            );
            found.extend(is_seen.then(|| &text[start..end]));
        }
        found
    }

    #[test]
    fn a_comment_is_consecutive_lines_of_one_indentation_and_marker() {
        assert_eq!(
            texts(
                "// One\n// two.\n/// Three.\n  /// Four.\n\n  /// Five.\nlet x; // six\n// Seven.\n"
            ),
            ["One two.", "Three.", "Four.", "Five.", "six", "Seven."]
        );
    }

    #[test]
    fn empty_lines_items_and_markers_of_anchors_begin_a_new_comment() {
        assert_eq!(
            texts(
                "/// One.\n///\n/// # Panics\n///\n/// - two\n///   three\n/// - four\n// ANCHOR: a\n// Five.\n// ANCHOR_END: a\n// Six.\n"
            ),
            ["One.", "# Panics", "- two three", "- four", "Five.", "Six."]
        );
    }

    #[test]
    fn code_in_documentation_and_rules_are_no_comments() {
        assert_eq!(
            texts("/// One:\n/// ```\n/// let x = 1;\n/// ```\n/// Two.\n// -----\n// 1.0\n"),
            ["One:", "Two."]
        );
        assert_eq!(texts("/// ```\n/// never closed\n\n/// One.\n"), ["One."]);
    }

    #[test]
    fn what_looks_like_a_comment_in_a_literal_is_none() {
        assert_eq!(
            texts("let s = \"// no\"; let r = r#\"/* no \" */ // no\"#; let c = '\"'; // yes\n"),
            ["yes"]
        );
    }

    #[test]
    fn a_block_comment_is_known_and_one_with_another_inside_is_left_alone() {
        assert_eq!(
            texts("/* One */ /** Two\n * three. */ /* a /* b */ c */ /**/\n/* open"),
            ["One", "Two three."]
        );
    }

    #[test]
    fn a_translation_is_wrapped_beside_the_indentation_and_behind_code() {
        let long = "слово ".repeat(30);
        let dictionary = dictionary([("One two.", long.as_str()), ("three", long.as_str())]);
        let text = "fn f() {\n    /// One\n    /// two.\n    let x = 1; // three\n}\n";
        let words = |count: usize| vec!["слово"; count].join(" ");
        assert_eq!(
            translated(text, &dictionary),
            format!(
                "fn f() {{\n    /// {}\n    /// {}\n    let x = 1; // {}\n               // {}\n               // {}\n}}\n",
                words(15),
                words(15),
                words(13),
                words(13),
                words(4),
            )
        );
    }

    #[test]
    fn wide_characters_take_two_columns_and_break_between_words_or_not() {
        let text = "唤醒器".repeat(40);
        let dictionary = dictionary([("One.", text.as_str())]);
        let lines = translated("// One.\n", &dictionary);
        assert!(lines.lines().count() == 3, "{lines}");
        assert!(
            lines.lines().all(|line| display_width(line) <= WIDTH),
            "{lines}"
        );
        assert_eq!(lines.replace("// ", "").replace('\n', ""), text);
    }

    #[test]
    fn a_shorter_translation_leaves_no_line_behind() {
        let dictionary = dictionary([("One two three.", "Раз."), ("four", "два")]);
        assert_eq!(
            translated(
                "// One\r\n// two\r\n// three.\r\nx(/* four */); // four\r\n",
                &dictionary
            ),
            "// Раз.\nx(/* два */); // два\n"
        );
    }

    #[test]
    fn a_list_hangs_and_code_stays_on_one_line() {
        let text = format!("- {}`a b c`", "слово ".repeat(15));
        let dictionary = dictionary([("- one", text.as_str())]);
        let lines = translated("/// - one\n", &dictionary);
        assert!(lines.ends_with("слово\n///   `a b c`\n"), "{lines}");
    }

    #[test]
    fn right_to_left_text_and_the_code_in_it_are_isolated() {
        let dictionary = dictionary([("One.", "یک `f()` دو."), ("Two.", "`f()`")]);
        assert_eq!(
            translated("// One.\n\n// Two.\n", &dictionary),
            "// \u{2067}یک \u{2066}`f()`\u{2069} دو.\u{2069}\n\n// `f()`\n"
        );
    }

    #[test]
    fn right_to_left_text_begins_where_a_page_shows_it() {
        let text = "یک `f()` دو. ".repeat(20);
        let dictionary = dictionary([("One.", text.as_str())]);
        let lines = translated("    // One.\n", &dictionary);
        let isolated = |line: &str| {
            let lines = line.strip_prefix("    // \u{2067}");
            lines.is_some_and(|line| line.ends_with('\u{2069}'))
        };
        assert!(
            lines.lines().count() > 2 && lines.lines().all(isolated),
            "{lines}"
        );
        assert!(
            lines.lines().all(|line| display_width(line) <= 80),
            "{lines}"
        );
    }

    #[test]
    fn not_a_token_of_the_examples_changes() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let nasty = "Слова \"в кавычках\", 'a', r#\"raw\"#, // и `код`, ".repeat(9);
        let files = files_below(&root, Path::new("examples")).unwrap();
        let mut count = 0;
        for file in files
            .iter()
            .filter(|file| file.extension().is_some_and(|e| e == "rs"))
        {
            let text = fs::read_to_string(root.join(file)).unwrap();
            let found = texts(&text);
            count += found.len();
            for translation in [nasty.as_str(), "唤醒"] {
                let all = dictionary(
                    found
                        .iter()
                        .collect::<std::collections::BTreeSet<_>>()
                        .into_iter()
                        .map(|text| (text.as_str(), translation)),
                );
                let shown = translated(&text, &all);
                assert_eq!(tokens(&shown), tokens(&text), "{}", file.display());
                assert!(found.is_empty() || shown != text, "{}", file.display());
            }
        }
        assert!(count > 500, "{count}");
    }
}
