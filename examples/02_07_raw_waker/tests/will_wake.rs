//! When two wakers are known to wake the same task: if the pointer and the table are the same.

use std::sync::LazyLock;
use std::sync::atomic::AtomicUsize;
use std::task::{RawWakerVTable, Waker};

use raw_waker::{v1_static, v2_counted};

static ONE: AtomicUsize = AtomicUsize::new(0);
static OTHER: AtomicUsize = AtomicUsize::new(0);

#[test]
fn a_clone_wakes_what_its_original_wakes() {
    for waker in [v1_static::waker(&ONE), v2_counted::waker(|| ())] {
        assert!(waker.will_wake(&waker.clone()));
    }
}

#[test]
fn the_same_table_and_another_pointer_is_another_task() {
    let waker = v1_static::waker(&ONE);
    assert!(waker.will_wake(&v1_static::waker(&ONE)));
    assert!(!waker.will_wake(&v1_static::waker(&OTHER)));
    assert!(!v2_counted::waker(|| ()).will_wake(&v2_counted::waker(|| ())));
}

/// The copy is in a static of its own, so it has an address of its own. Two tables that are constants could share theirs.
#[test]
fn the_same_pointer_and_a_copy_of_the_table_is_not_known_to_be_the_same_task() {
    static COPY: LazyLock<RawWakerVTable> = LazyLock::new(|| *v1_static::waker(&ONE).vtable());
    let original = v1_static::waker(&ONE);
    // SAFETY: the functions are those of `v1_static`, and so is the pointer. A count of owners, which a second waker could
    // make wrong, does not exist there.
    let twin = unsafe { Waker::new(original.data(), &COPY) };
    assert!(!original.will_wake(&twin));
}
