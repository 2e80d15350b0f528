//! Which types are `Unpin`.

use std::marker::PhantomPinned;
use std::pin::Pin;

use self_reference::pause::Pause;
use self_reference::registry::Meter;
use self_reference::{v1_async, v2_movable, v3_pinned};

struct Question<T>(T);

#[allow(dead_code, reason = "called only for types that are Unpin")]
impl<T: Unpin> Question<&T> {
    fn is_unpin(&self) -> bool {
        true
    }
}

/// A method of the type goes before a method of a trait. So this one is called only if the other does not exist.
trait Otherwise {
    fn is_unpin(&self) -> bool {
        false
    }
}

impl<T> Otherwise for Question<&T> {}

#[test]
fn most_types_are_unpin() {
    assert!(Question(&1).is_unpin());
    assert!(Question(&String::from("tea")).is_unpin());
    assert!(Question(&Pause::default()).is_unpin());
    // A raw pointer is, too. That is why the movable version can be moved.
    assert!(Question(&v2_movable::spell(*b"tea")).is_unpin());
}

#[test]
fn what_depends_on_its_address_is_not() {
    assert!(!Question(&v1_async::spell(*b"tea")).is_unpin());
    assert!(!Question(&v3_pinned::spell(*b"tea")).is_unpin());
    assert!(!Question(&Meter::new(&Default::default())).is_unpin());
}

/// The compiler does not ask what the function does: this one holds no reference to itself.
#[test]
fn no_async_function_is_unpin() {
    async fn seven() -> u32 {
        7
    }
    assert!(!Question(&seven()).is_unpin());
    assert!(!Question(&async { 7 }).is_unpin());
}

/// It is the pointer that moves, not what it points to.
#[test]
fn a_pointer_is_unpin_whatever_it_points_to() {
    let boxed: Pin<Box<v3_pinned::Spell>> = Box::pin(v3_pinned::spell(*b"tea"));
    assert!(Question(&boxed).is_unpin());
    assert!(Question(&Box::new(v3_pinned::spell(*b"tea"))).is_unpin());
}

/// A `Pin` is nothing but its pointer, and `PhantomPinned` takes no room.
#[test]
fn pinning_takes_no_memory() {
    assert_eq!(size_of::<Pin<&mut u8>>(), size_of::<&mut u8>());
    assert_eq!(size_of::<Pin<Box<u8>>>(), size_of::<Box<u8>>());
    assert_eq!(size_of::<PhantomPinned>(), 0);
    assert_eq!(
        size_of::<v3_pinned::Spell>(),
        size_of::<v2_movable::Spell>()
    );
}
