//! A panic under the lock does not cost the wakeup.

mod hand;

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Poll, Wake, Waker};

use future_trait::SocketRead;
use hand::{SOON, bell, connection, poll};

/// A waker that panics when its last clone is dropped.
struct PanicsOnDrop;

impl Wake for PanicsOnDrop {
    fn wake(self: Arc<Self>) {}
}

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

#[test]
fn a_waker_that_panics_under_the_lock_does_not_stop_the_read() {
    let (mut far, near) = connection();
    let (waker, wakes) = bell();
    let mut read = SocketRead::new(near);
    {
        let first = Waker::from(Arc::new(PanicsOnDrop));
        assert!(poll(&mut read, &first).is_pending());
    }
    // The second waker replaces the first, whose last clone is dropped while the poll holds the lock.
    let replaced = AssertUnwindSafe(|| poll(&mut read, &waker));
    assert!(catch_unwind(replaced).is_err());

    far.write_all(b"!").unwrap();
    wakes.recv_timeout(SOON).expect("the watcher wakes");
    assert!(matches!(poll(&mut read, &waker), Poll::Ready(Ok(_))));
}
