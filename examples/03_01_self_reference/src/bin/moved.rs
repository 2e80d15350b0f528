//! Moves futures that point into themselves, and compares addresses.
//!
//! With the argument `read`, it polls a moved future once more. That poll reads memory that has been freed: undefined
//! behaviour, which valgrind shows.

use std::env;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Waker};

use self_reference::v2_movable::{Spell, spell};

/// Prints one event: who does it, and what it is.
fn record(actor: &str, what: &str) {
    println!("{actor:<4}  {what}");
}

// ANCHOR: poll_once
fn poll(future: &mut Spell) {
    let mut cx = Context::from_waker(Waker::noop());
    assert!(Pin::new(future).poll(&mut cx).is_pending());
}
// ANCHOR_END: poll_once

/// Prints whether `tea` looks at itself.
fn report(tea: &Spell) {
    let answer = tea.points_into_itself();
    record("tea", &format!("its pointer points into itself: {answer}"));
}

// ANCHOR: compare
fn compare() {
    let mut tea = spell(*b"tea");
    let mut ink = spell(*b"ink");
    record("main", "polls tea once, and ink once");
    poll(&mut tea);
    poll(&mut ink);
    report(&tea);

    record("main", "swaps the two futures");
    mem::swap(&mut tea, &mut ink);
    // The future that spells "tea" is now in the variable `ink`. From here on, the names say what a future spells.
    let (tea, ink) = (&ink, &tea);
    report(tea);
    if let Some(letter) = ink.letter_at(tea.next_address()) {
        record("tea", &format!("its pointer points to the {letter} of ink"));
    }
}
// ANCHOR_END: compare

// ANCHOR: read
fn polled_in_a_box() -> Spell {
    let mut boxed = Box::new(spell(*b"tea"));
    poll(&mut boxed);
    *boxed
}

fn read() {
    record(
        "main",
        "polls tea in a box, moves it out, and frees the box",
    );
    let mut tea = polled_in_a_box();
    report(&tea);
    record("main", "polls tea again");
    poll(&mut tea);
}
// ANCHOR_END: read

fn main() {
    if env::args().nth(1).as_deref() == Some("read") {
        read();
    } else {
        compare();
    }
}
