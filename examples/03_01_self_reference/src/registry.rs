//! A list of addresses of values that somebody else owns.
//!
//! The invariant that the unsafe code relies on: each pointer in a registry's list points to a [`Meter`] that is pinned and
//! has not been dropped.
//!
//! - Only [`Meter::register`] adds a pointer, its own, and it takes `Pin<&Self>`. `Meter` is not [`Unpin`], because of the
//!   field `_pinned`.
//! - A pinned value stays where it is, and its memory is not used for anything else, until it is dropped.
//! - When a meter is dropped, it takes its pointer out of the list first. This does not panic: nobody's code but ours runs
//!   while the list is borrowed, and ours drops no meter there.

use std::cell::{Cell, RefCell};
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr::NonNull;
use std::rc::Rc;

// ANCHOR: registry_decl
/// Knows where the meters are, and owns none of them.
#[derive(Default)]
pub struct Registry {
    meters: RefCell<Vec<NonNull<Meter>>>,
}

/// A number that its registry can read.
pub struct Meter {
    count: Cell<u32>,
    registry: Rc<Registry>,
    _pinned: PhantomPinned,
}
// ANCHOR_END: registry_decl

// ANCHOR: register
impl Meter {
    /// Lets the registry read this meter from now on.
    pub fn register(self: Pin<&Self>) {
        let mut meters = self.registry.meters.borrow_mut();
        let address = NonNull::from(self.get_ref());
        if !meters.contains(&address) {
            meters.push(address);
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        let address = NonNull::from(&*self);
        self.registry
            .meters
            .borrow_mut()
            .retain(|meter| *meter != address);
    }
}

impl Registry {
    /// The sum of all registered meters.
    pub fn total(&self) -> u32 {
        let read = |meter: &NonNull<Meter>| {
            // SAFETY: it is in the list, so it is pinned and has not been dropped: it is still where it was.
            unsafe { meter.as_ref() }.count.get()
        };
        self.meters.borrow().iter().map(read).sum()
    }
}
// ANCHOR_END: register

impl Registry {
    /// How many meters are registered.
    pub fn meters(&self) -> usize {
        self.meters.borrow().len()
    }
}

impl Meter {
    /// Makes a meter that stands at zero. The registry does not know it yet.
    pub fn new(registry: &Rc<Registry>) -> Self {
        Self {
            count: Cell::new(0),
            registry: Rc::clone(registry),
            _pinned: PhantomPinned,
        }
    }

    /// Adds to the number.
    pub fn add(&self, amount: u32) {
        self.count.set(self.count.get() + amount);
    }
}
