//! What the answers of the chapter's "Predict" questions claim, and what it says about `Unpin`.

use std::mem;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Waker};

use self_reference::place::address_of;
use self_reference::registry::{Meter, Registry};
use self_reference::{v2_movable, v3_pinned};

#[test]
fn after_the_swap_tea_points_to_the_second_letter_of_ink() {
    let mut cx = Context::from_waker(Waker::noop());
    let mut tea = v2_movable::spell(*b"tea");
    let mut ink = v2_movable::spell(*b"ink");
    assert!(Pin::new(&mut tea).poll(&mut cx).is_pending());
    assert!(Pin::new(&mut ink).poll(&mut cx).is_pending());
    mem::swap(&mut tea, &mut ink);
    let (tea, ink) = (&ink, &tea);
    assert_eq!(ink.letter_at(tea.next_address()), Some('n'));
    assert_eq!(tea.letter_at(ink.next_address()), Some('e'));
}

#[test]
fn swapped_references_point_to_the_same_places() {
    let mut first = pin!(v3_pinned::spell(*b"tea"));
    let mut second = pin!(v3_pinned::spell(*b"ink"));
    let places = (address_of(&*first), address_of(&*second));
    mem::swap(&mut first, &mut second);
    assert_eq!((address_of(&*second), address_of(&*first)), places);
}

#[test]
fn a_forgotten_meter_is_not_dropped_and_stays_where_it_was() {
    let registry = Rc::new(Registry::default());
    let meter = Box::pin(Meter::new(&registry));
    meter.as_ref().register();
    meter.add(2);
    mem::forget(meter);
    // If its memory were used again, one of these would probably be there.
    let others: Vec<_> = (0..64).map(|_| Box::pin(Meter::new(&registry))).collect();
    assert_eq!((registry.meters(), registry.total()), (1, 2));
    drop(others);
}

/// `Pin` changes nothing for a type that is `Unpin`.
#[test]
fn an_unpin_value_leaves_its_pin() {
    let mut number = 1;
    let pinned = Pin::new(&mut number);
    let inner: &mut i32 = pinned.get_mut();
    assert_eq!(mem::replace(inner, 2), 1);
    assert_eq!(number, 2);

    let boxed = Box::pin(String::from("tea"));
    let word: String = *Pin::into_inner(boxed);
    assert_eq!(word, "tea");
}
