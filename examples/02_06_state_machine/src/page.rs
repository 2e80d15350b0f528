//! Sessions that render a page of 16 KiB, and then wait for a client. All of them do the same work, and have the same
//! output. They differ in where the page is while they wait.
//!
//! - version 1, [`v1_held`]: in the future
//! - version 2, [`v2_scoped`]: nowhere
//! - version 3, [`v3_boxed_page`]: on the heap, and the future has a pointer
//! - version 4, [`v4_boxed_child`]: in a future on the heap, and the future around it has a pointer

pub mod v1_held;
pub mod v2_scoped;
pub mod v3_boxed_page;
pub mod v4_boxed_child;
pub mod wrappers;

use std::cell::Cell;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The bytes of a page: 16 KiB.
pub const PAGE: usize = 16 * 1024;

/// Renders pages. Each page is filled with another number: 1, 2, 3, …
#[derive(Default)]
pub struct Renderer(Cell<u8>);

impl Renderer {
    /// Fills `page` with the next number.
    pub fn render(&self, page: &mut [u8]) {
        self.0.set(self.0.get().wrapping_add(1));
        page.fill(self.0.get());
    }

    /// The number of pages so far.
    pub fn pages(&self) -> u8 {
        self.0.get()
    }
}

/// The sum of all bytes of a page.
pub fn checksum(page: &[u8]) -> u32 {
    page.iter().map(|&byte| u32::from(byte)).sum()
}

/// A future that stands for a client's confirmation: pending once, and then ready.
pub fn confirmation() -> Confirmation {
    Confirmation { polled: false }
}

/// The future of [`confirmation`].
pub struct Confirmation {
    polled: bool,
}

impl Future for Confirmation {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.polled {
            return Poll::Ready(());
        }
        self.polled = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
