//! The exercise: a future that keeps a cursor into its own buffer, and that safe code can move between two polls.
//!
//! Change `Sum` so that the compiler refuses such a move. The cursor stays an address.
//!
//! In a library, the cursor would be a pointer, and `poll` would read through it. Here it is a number, and `poll` looks
//! first whether it is right, so that a test can crash this future without undefined behaviour.

use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll};

/// Adds four numbers, one at each poll.
pub(crate) struct Sum {
    numbers: [u8; 4],
    sum: u32,
    /// The address of the next number, in `numbers`. `None` before the first poll.
    cursor: Option<usize>,
}

impl Sum {
    /// Makes the future. Nothing else happens before its first poll.
    pub(crate) fn new(numbers: [u8; 4]) -> Self {
        Self {
            numbers,
            sum: 0,
            cursor: None,
        }
    }

    /// Starts again with the first number.
    pub(crate) fn restart(&mut self) {
        self.sum = 0;
        self.cursor = None;
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
        let this = self.get_mut();
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
