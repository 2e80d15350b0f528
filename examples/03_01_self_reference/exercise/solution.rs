//! The solution: `PhantomPinned` makes `Sum` `!Unpin`, and all that changes it takes `Pin<&mut Self>`.
//!
//! The invariant: when `cursor` is not `None`, the value is pinned, and `cursor` is the address of one of its numbers, or
//! the address behind the last one. Only `poll` sets a cursor, and it takes `Pin<&mut Self>`.

use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

/// Adds four numbers, one at each poll.
pub(crate) struct Sum {
    numbers: [u8; 4],
    sum: u32,
    /// The address of the next number, in `numbers`. `None` before the first poll.
    cursor: Option<usize>,
    _pinned: PhantomPinned,
}

impl Sum {
    /// Makes the future. Nothing else happens before its first poll.
    pub(crate) fn new(numbers: [u8; 4]) -> Self {
        Self {
            numbers,
            sum: 0,
            cursor: None,
            _pinned: PhantomPinned,
        }
    }

    /// Starts again with the first number.
    pub(crate) fn restart(self: Pin<&mut Self>) {
        // SAFETY: two fields are overwritten in place, and `*this` is not moved.
        let this = unsafe { self.get_unchecked_mut() };
        this.sum = 0;
        this.cursor = None;
    }

    /// Whether the cursor points to a number of this future, or behind the last one. The tests ask that.
    pub(crate) fn cursor_is_right(&self) -> bool {
        self.cursor
            .is_none_or(|cursor| cursor.wrapping_sub(self.start()) <= self.numbers.len())
    }

    /// The address of the first number.
    fn start(&self) -> usize {
        ptr::from_ref(&self.numbers).addr()
    }
}

impl Future for Sum {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        // SAFETY: this function changes fields in place, does not move `*this`, and hands `this` to nobody who could.
        let this = unsafe { self.get_unchecked_mut() };
        let start = this.start();
        let cursor = this.cursor.get_or_insert(start);
        let index = cursor.wrapping_sub(start);
        if index == this.numbers.len() {
            return Poll::Ready(this.sum);
        }
        let number = this
            .numbers
            .get(index)
            .expect("the cursor points to a number of this future");
        this.sum += u32::from(*number);
        *cursor += 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
