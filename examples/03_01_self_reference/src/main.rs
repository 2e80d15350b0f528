//! Pins futures that point into themselves: one of the compiler in a box, and two written by hand in local variables.

use std::cell::Cell;
use std::mem;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use self_reference::pause::pause;
use self_reference::place::{address_of, is_inside};
use self_reference::v3_pinned::{Spell, spell};

/// Prints one event: who does it, and what it is.
fn record(actor: &str, what: &str) {
    println!("{actor:<6}  {what}");
}

// ANCHOR: look
/// Looks at each letter of a word, and says at which address it looks.
async fn look(word: [u8; 3], at: &Cell<usize>) {
    for letter in &word {
        at.set(address_of(letter));
        pause().await;
    }
}
// ANCHOR_END: look

// ANCHOR: in_a_box
fn in_a_box(cx: &mut Context<'_>) {
    let at = Cell::new(0);
    let future = look(*b"tea", &at);
    let moved = future;
    record("main", "has moved a future, and pins it in a box");
    let mut boxed = Box::pin(moved);
    let place = address_of(&*boxed);
    assert!(boxed.as_mut().poll(cx).is_pending());
    let inside = is_inside(at.get(), &*boxed);
    record("look", &format!("looks into its own future: {inside}"));

    record("main", "moves the box");
    let mut elsewhere = boxed;
    let same = address_of(&*elsewhere) == place;
    record("look", &format!("is where it was: {same}"));
    assert!(elsewhere.as_mut().poll(cx).is_pending());
    let inside = is_inside(at.get(), &*elsewhere);
    record("look", &format!("looks into its own future: {inside}"));
}
// ANCHOR_END: in_a_box

/// Polls until the future is ready.
fn finish(mut future: Pin<&mut Spell>, cx: &mut Context<'_>) -> String {
    loop {
        if let Poll::Ready(word) = future.as_mut().poll(cx) {
            return word;
        }
    }
}

// ANCHOR: in_variables
fn in_variables(cx: &mut Context<'_>) {
    record("main", "pins two futures in its variables, polls each once");
    let mut first = pin!(spell(*b"tea"));
    let mut second = pin!(spell(*b"ink"));
    assert!(first.as_mut().poll(cx).is_pending());
    assert!(second.as_mut().poll(cx).is_pending());

    record("main", "swaps first and second");
    mem::swap(&mut first, &mut second);
    let own = first.points_into_itself() && second.points_into_itself();
    record("both", &format!("point into themselves: {own}"));
    record("first", &format!("spells {}", finish(first, cx)));
    record("second", &format!("spells {}", finish(second, cx)));
}
// ANCHOR_END: in_variables

fn main() {
    // Whoever polls in a loop needs no wakes.
    let mut cx = Context::from_waker(Waker::noop());
    in_a_box(&mut cx);
    in_variables(&mut cx);
}
