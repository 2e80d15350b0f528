//! Version 3: the same future written by hand, and it stays where it was first polled.
//!
//! The invariant that the unsafe code relies on: if `next` is not null, the value is pinned, and `next` points to the
//! letter of `word` that is followed by `left - 1` others (or behind the last letter, if `left` is 0).
//!
//! - `next` starts as null, and only `poll` changes it. `poll` takes `Pin<&mut Self>`.
//! - `Spell` is not [`Unpin`], because of the field `_pinned`, and this crate, which alone could, does not implement `Unpin`
//!   for it. So whoever has made such a `Pin` has promised that the value is not moved any more until it is dropped.
//! - Nothing writes to `word` after [`spell`], and only `poll` changes `left`: one less for each letter that `next` goes on.

use std::marker::PhantomPinned;
use std::mem;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

use self_reference::place::is_inside;

// ANCHOR: pinned_decl
/// What [`v1_async::spell`](self_reference::v1_async::spell) returns, written by hand.
pub struct Spell {
    word: [u8; 3],
    spelled: String,
    /// How many letters are left.
    left: usize,
    /// The next letter: it points into `word`. Null before the first poll.
    next: *const u8,
    /// Without this, `Spell` would be `Unpin`.
    _pinned: PhantomPinned,
}
// ANCHOR_END: pinned_decl

/// Makes the future. Nothing else happens before its first poll.
pub fn spell(word: [u8; 3]) -> Spell {
    Spell {
        left: word.len(),
        word,
        spelled: String::new(),
        next: ptr::null(),
        _pinned: PhantomPinned,
    }
}

// ANCHOR: pinned_poll
impl Future for Spell {
    type Output = String;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<String> {
        // SAFETY: this function does not move `*this`, and hands `this` to nobody who could.
        let this = unsafe { self.get_unchecked_mut() };
        // ANCHOR_END: pinned_poll
        if this.next.is_null() {
            this.next = (&raw const this.word).cast();
        }
        if this.left == 0 {
            return Poll::Ready(mem::take(&mut this.spelled));
        }
        // ANCHOR: pinned_read
        // SAFETY: `next` was set when the value was pinned already, and a pinned value stays where it is. So `word` is
        // still there, and because `left` is not 0, `next` points to one of its letters.
        let letter = unsafe { *this.next };
        // ANCHOR_END: pinned_read
        this.spelled.push(char::from(letter));
        this.left -= 1;
        this.next = this.next.wrapping_add(1);
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Spell {
    /// Whether the next letter is a part of this future. Compares addresses, and reads nothing.
    pub fn points_into_itself(&self) -> bool {
        is_inside(self.next.addr(), &self.word)
    }
}
