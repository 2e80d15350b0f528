//! Version 2: the same future written by hand. It points into itself, and nothing keeps it where it is.
//!
//! **This version is unsound**: safe code can move it between two polls, and then it reads from where it was. The chapter
//! shows it broken, and [`v3_pinned`](self_reference::v3_pinned) repairs it.

use std::mem;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

use self_reference::place::{address_of, is_inside};

// ANCHOR: movable_decl
/// What [`v1_async::spell`](self_reference::v1_async::spell) returns, written by hand.
pub struct Spell {
    word: [u8; 3],
    spelled: String,
    /// How many letters are left.
    left: usize,
    /// The next letter: it points into `word`. Null before the first poll.
    next: *const u8,
}

/// Makes the future. Nothing else happens before its first poll.
pub fn spell(word: [u8; 3]) -> Spell {
    Spell {
        left: word.len(),
        word,
        spelled: String::new(),
        next: ptr::null(),
    }
}
// ANCHOR_END: movable_decl

// ANCHOR: movable_poll
impl Future for Spell {
    type Output = String;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<String> {
        let this = self.get_mut();
        if this.next.is_null() {
            this.next = (&raw const this.word).cast();
        }
        if this.left == 0 {
            return Poll::Ready(mem::take(&mut this.spelled));
        }
        // SAFETY: not safe! `next` points into `word` only as long as `self` is where it was at the first poll, and
        // nothing in this file makes sure of that.
        let letter = unsafe { *this.next };
        this.spelled.push(char::from(letter));
        this.left -= 1;
        this.next = this.next.wrapping_add(1);
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
// ANCHOR_END: movable_poll

impl Spell {
    /// Whether the next letter is a part of this future. Compares addresses, and reads nothing.
    pub fn points_into_itself(&self) -> bool {
        is_inside(self.next.addr(), &self.word)
    }

    /// The letter of this future's word at `address`, if one is there. Compares addresses, and follows no pointer.
    pub fn letter_at(&self, address: usize) -> Option<char> {
        let index = address.checked_sub(address_of(&self.word))?;
        self.word.get(index).map(|letter| char::from(*letter))
    }

    /// Where the next poll reads, as a number.
    pub fn next_address(&self) -> usize {
        self.next.addr()
    }
}
