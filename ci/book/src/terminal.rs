//! What a person sees in a terminal: colours, widths, and Markdown as running text.
//!
//! Text is styled without a thought of where it goes: [`anstream`] takes the colours out again where there is no terminal,
//! or where NO_COLOR asks for it.

use std::{
    fmt::Display,
    io::{self, Write},
    time::Duration,
};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};
use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use textwrap::Options;

use crate::chapter::parser;

/// How a list is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a person
    #[default]
    Human,
    /// One JSON document
    Json,
}

/// For what is good: a test that passes, an added line.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// For what is bad: a test that fails, a removed line.
pub const BAD: Style = AnsiColor::Red.on_default();
/// For what is worth a look.
pub const NOTICE: Style = AnsiColor::Yellow.on_default();
/// For headings.
pub const STRONG: Style = Style::new().bold();
/// For what a reader may skip.
pub const FAINT: Style = Style::new().dimmed();
/// For code in running text.
pub const CODE: Style = AnsiColor::Cyan.on_default();

/// `text` in a style, and what follows it in none.
pub fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Writes to standard output. Nobody may be reading it any more, which is no reason to complain; but where writing fails
/// otherwise, on a full disk, the process ends with failure, because half of a result looks like a whole one.
pub fn print(text: impl Display) {
    let mut out = anstream::stdout();
    if let Err(error) = write!(out, "{text}").and_then(|()| out.flush())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        crate::diagnostic::say(format_args!("standard output: {error}"));
        std::process::exit(1);
    }
}

/// Whether standard output shows colours.
pub fn has_colours() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// A progress bar on a terminal; nothing in a pipe.
pub fn progress(steps: usize, of: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {msg} {bar:30} {pos}/{len}")
        .expect("a valid template");
    ProgressBar::new(steps as u64)
        .with_style(style)
        .with_message(of)
}

/// A sign of life on a terminal; nothing in a pipe.
pub fn spinner(what: &'static str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(what);
    spinner.enable_steady_tick(Duration::from_millis(100));
    spinner
}

/// The columns for running text: those of the terminal, up to a length that is pleasant to read; 80 where there is none.
pub fn width() -> usize {
    textwrap::termwidth().clamp(20, 100)
}

/// Rows as columns, two spaces apart: the first one to the left, numbers to the right.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let is_number = |cell: &str| {
        let plain = anstream::adapter::strip_str(cell).to_string();
        !plain.is_empty() && plain.chars().all(|c| c.is_ascii_digit() || c == '/')
    };
    let of_column = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    let layout: Vec<(usize, bool)> = (0..columns)
        .map(|column| {
            let widths = of_column(column).map(|cell| textwrap::core::display_width(cell));
            let numbers = of_column(column).skip(1).all(|cell| is_number(cell));
            (widths.max().unwrap_or_default(), numbers)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, (width, right)) in row.iter().zip(&layout) {
            let padding = " ".repeat(width - textwrap::core::display_width(cell));
            line += &match right {
                true => format!("{padding}{cell}  "),
                false => format!("{cell}{padding}  "),
            };
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// Markdown as text of `width` columns: paragraphs wrapped, marks turned into colours, and links into their words.
pub fn markdown(text: &str, width: usize) -> String {
    let mut page = Page {
        width,
        ..Page::default()
    };
    for (event, _) in parser(text) {
        page.add(event);
    }
    page.text.trim_end().to_owned() + "\n"
}

#[derive(Default)]
struct Page {
    width: usize,
    text: String,
    /// The paragraph or item that is being read.
    words: String,
    /// The lists that it is in: the number of the next item, if they have numbers.
    lists: Vec<Option<u64>>,
    /// What stands before the item's first line.
    bullet: String,
    in_code: bool,
}

impl Page {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) if self.in_code => {
                for line in text.lines() {
                    self.text += &format!("    {line}\n");
                }
            }
            Event::Text(text) | Event::InlineHtml(text) => self.words += &text,
            Event::Code(code) => self.words += &styled(CODE, code),
            Event::SoftBreak => self.words.push(' '),
            Event::HardBreak => self.words.push('\n'),
            Event::Start(Tag::Emphasis | Tag::Strong) => self.words += &STRONG.to_string(),
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => {
                self.words += &format!("{STRONG:#}");
            }
            Event::Start(Tag::CodeBlock(_)) => {
                self.flush();
                self.in_code = true;
            }
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                self.text.push('\n');
            }
            Event::Start(Tag::List(first)) => {
                self.flush();
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
                self.text.push('\n');
            }
            Event::Start(Tag::Item) => {
                self.bullet = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
            }
            Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::Heading(_)) => self.flush(),
            _ => {}
        }
    }

    /// Writes the paragraph or item that has come to its end.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let outer = "  ".repeat(self.lists.len().saturating_sub(1));
        let first = format!("{outer}{}", std::mem::take(&mut self.bullet));
        let rest = if self.lists.is_empty() {
            String::new()
        } else {
            format!("{outer}  ")
        };
        let options = Options::new(self.width)
            .initial_indent(&first)
            .subsequent_indent(&rest)
            .break_words(false);
        self.text += &textwrap::fill(words.trim(), options);
        self.text += if self.lists.is_empty() { "\n\n" } else { "\n" };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str, width: usize) -> String {
        anstream::adapter::strip_str(&markdown(text, width)).to_string()
    }

    #[test]
    fn paragraphs_are_wrapped_and_links_are_words() {
        assert_eq!(
            plain(
                "One [two](https://example.org/a/very/long/address) `three`\nfour.\n\nFive.",
                14
            ),
            "One two three\nfour.\n\nFive.\n"
        );
    }

    #[test]
    fn lists_and_code_keep_their_shape() {
        assert_eq!(
            plain(
                "- one two three\n- four\n\n1. a\n2. b\n\n```rust\nfn main() {}\n  x\n```\n",
                10
            ),
            "- one two\n  three\n- four\n\n1. a\n2. b\n\n    fn main() {}\n      x\n"
        );
    }

    #[test]
    fn a_table_has_columns() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let good = styled(GOOD, 12);
        let rows = [
            row(["edition", "of", "n"]),
            row(["zh-CN 中文", "", "3"]),
            row(["ru", "a", &good]),
        ];
        assert_eq!(
            anstream::adapter::strip_str(&table(&rows)).to_string(),
            "edition     of   n\nzh-CN 中文       3\nru          a   12\n"
        );
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(plain("唤醒器唤醒任务", 8), "唤醒器唤\n醒任务\n");
    }

    #[test]
    fn code_is_coloured() {
        assert_eq!(
            markdown("`a` b", 20),
            "\u{1b}[36ma\u{1b}[39m b\n".replace("[39m", "[0m")
        );
    }
}
