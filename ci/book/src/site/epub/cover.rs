//! The cover of an EPUB: the book's title in the edition's language, above two tasks that take turns on one thread.

use std::fmt::Write as _;

use textwrap::{Options, WordSeparator, core::display_width};

use super::xhtml::escape;
use crate::project::Direction;

const WIDTH: usize = 1600;
const HEIGHT: usize = 2400;
const MARGIN: usize = 160;

/// The width of the title, in Latin letters.
const COLUMNS: usize = 13;

/// Where each task runs, in hundredths of the width between the margins: one works while the other waits.
const TURNS: [(&str, [(usize, usize); 2]); 2] = [
    ("#b7410e", [(0, 38), (56, 18)]),
    ("#23395b", [(40, 14), (76, 24)]),
];

/// Draws the cover. It mirrors where the script runs from right to left.
pub(super) fn svg(tag: &str, direction: Direction, title: &str) -> String {
    let inner = WIDTH - 2 * MARGIN;
    // Between words, if there is space there; Korean could be broken anywhere, and should not be.
    let separator = match title.split(' ').map(display_width).max() {
        Some(widest) if widest > COLUMNS => WordSeparator::new(),
        _ => WordSeparator::AsciiSpace,
    };
    let options = Options::new(COLUMNS)
        .break_words(false)
        .word_separator(separator);
    let lines = textwrap::wrap(title, options);
    let widths = lines.iter().map(|line| display_width(line));
    // As large as the longest line allows; a bold letter is some two thirds as wide as the type is high.
    let columns = widths.max().unwrap_or(1).max(1);
    let size = (inner * 3 / (2 * columns)).min(170);
    let start = match direction {
        Direction::Ltr => MARGIN,
        Direction::Rtl => WIDTH - MARGIN,
    };
    let mut drawing = String::new();
    for (row, (colour, turns)) in TURNS.iter().enumerate() {
        let y = 1700 + row * 200;
        for (from, length) in turns {
            let (from, length) = (from * inner / 100, length * inner / 100);
            let x = match direction {
                Direction::Ltr => MARGIN + from,
                Direction::Rtl => WIDTH - MARGIN - from - length,
            };
            let _ = writeln!(
                drawing,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{length}\" height=\"120\" rx=\"60\" fill=\"{colour}\"/>"
            );
        }
    }
    for (at, line) in lines.iter().enumerate() {
        let y = 480 + at * size * 5 / 4;
        let _ = writeln!(
            drawing,
            "<text x=\"{start}\" y=\"{y}\">{}</text>",
            escape(line)
        );
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{tag}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"{size}\" font-weight=\"700\" fill=\"#23395b\" direction=\"{}\">\n\
         <title>{}</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fbf7f0\"/>\n\
         {drawing}</svg>\n",
        direction.as_str(),
        escape(title),
    )
}
