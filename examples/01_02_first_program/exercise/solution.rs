//! The lines of the program, in the order in which they are printed.

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

/// The letters of the lines, in the order in which they are printed.
pub(crate) const ORDER: &[char] = &[
    // The calls, from top to bottom. `parcel` is an ordinary function, so it packs at once. `stamp()` is an argument,
    // and arguments are evaluated at the call. Nothing else runs.
    'D', 'A', 'J', 'K',
    // The first `block_on`. `?` leaves the letter before C. G is missing: its future was dropped.
    'L', 'B', 'M', 'E', 'N',
    // The second `block_on`. The card's future is as old as any, and is awaited only here.
    'H', 'F', 'I', //
    'O',
];
