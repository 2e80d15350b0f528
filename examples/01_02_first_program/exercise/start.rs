//! The lines of a program, in the order of its source text. Put them in the order in which they are printed.
//!
//! Read `src/bin/riddle.rs`, change `ORDER` below, and only then run the program.
//! Run: `cargo book exercise 01_02`

/// Every line that `src/bin/riddle.rs` can print, in the order of its source text: a letter, who acts, and what it does.
pub(crate) const LINES: [(char, &str, &str); 15] = [
    ('A', "stamp", "is missing"),
    ('B', "letter", "is written"),
    ('C', "letter", "is sent"),
    ('D', "parcel", "is packed"),
    ('E', "parcel", "is sent"),
    ('F', "card", "is sent"),
    ('G', "call", "is made"),
    ('H', "visit", "begins"),
    ('I', "visit", "ends"),
    ('J', "main", "has five futures"),
    ('K', "main", "has dropped one of them"),
    ('L', "block", "begins"),
    ('M', "block", "hears that the letter is not sent"),
    ('N', "block", "ends"),
    ('O', "main", "ends"),
];

/// Your prediction: the letters of the lines, in the order in which they are printed. Leave out what is never printed.
pub(crate) const ORDER: &[char] = &[
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O',
];
