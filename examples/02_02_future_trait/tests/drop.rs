//! What is left behind when a `SocketRead` is dropped. The other end of the connection tells: it sees the end of the
//! stream only when every handle to this end is closed, and the watcher thread has one of them.

mod hand;

use std::io::{ErrorKind, Read, Write};
use std::sync::mpsc::{self, Receiver, RecvError, Sender};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Wake, Waker};

use future_trait::SocketRead;
use hand::{SOON, bell, connection, poll};

#[test]
fn a_pending_read_ends_its_watcher() {
    let (mut far, near) = connection();
    let (waker, _wakes) = bell();
    let mut read = SocketRead::new(near);
    assert!(poll(&mut read, &waker).is_pending());
    drop(read);
    assert_eq!(far.read(&mut [0]).unwrap(), 0);
}

#[test]
fn a_pending_read_drops_its_waker_and_wakes_nobody() {
    let (mut far, near) = connection();
    let (waker, wakes) = bell();
    let mut read = SocketRead::new(near);
    assert!(poll(&mut read, &waker).is_pending());
    drop((read, waker));
    // No wake, not even from a watcher that has ended: all wakers are gone already.
    assert_eq!(wakes.recv(), Err(RecvError));
    assert_eq!(far.read(&mut [0]).unwrap(), 0);
}

#[test]
fn a_pending_read_shuts_down_only_its_own_direction() {
    let (mut far, near) = connection();
    let mut writer = near.try_clone().unwrap();
    let (waker, _wakes) = bell();
    let mut read = SocketRead::new(near);
    assert!(poll(&mut read, &waker).is_pending());
    drop(read);
    writer.write_all(b"still here").unwrap();
    let mut bytes = [0; 10];
    far.read_exact(&mut bytes).unwrap();
    assert_eq!(&bytes, b"still here");
}

#[test]
fn a_read_that_was_never_polled_touches_nothing() {
    let (_far, near) = connection();
    let mut other = near.try_clone().unwrap();
    drop(SocketRead::new(near));
    // After a shutdown, this would be the end of the stream.
    other.set_nonblocking(true).unwrap();
    let error = other.read(&mut [0]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WouldBlock);
}

/// A waker that holds up the thread that wakes it, until it is let go.
struct HoldsUp {
    woken: Sender<()>,
    let_go: Mutex<Receiver<()>>,
}

impl Wake for HoldsUp {
    fn wake(self: Arc<Self>) {
        self.woken.send(()).unwrap();
        let _ = self.let_go.lock().unwrap().recv_timeout(SOON);
    }
}

#[test]
fn a_finished_read_leaves_one_handle_and_that_before_the_wake() {
    let (mut far, near) = connection();
    let (woken, wakes) = mpsc::channel();
    let (go, let_go) = mpsc::channel();
    let waker = Waker::from(Arc::new(HoldsUp {
        woken,
        let_go: Mutex::new(let_go),
    }));
    let mut read = SocketRead::new(near);
    assert!(poll(&mut read, &waker).is_pending());
    far.write_all(b"!").unwrap();
    wakes.recv_timeout(SOON).expect("the watcher wakes");
    // From here on the watcher stands in `wake`.
    let Poll::Ready(Ok(received)) = poll(&mut read, &waker) else {
        panic!("the byte is there");
    };
    // The read is dropped after its answer and must leave the stream alone …
    drop(read);
    let mut stream = received.stream;
    far.write_all(b"?").unwrap();
    assert_eq!(stream.read(&mut [0]).unwrap(), 1);
    // … which is the last handle.
    drop(stream);
    assert_eq!(far.read(&mut [0]).unwrap(), 0);
    go.send(()).unwrap();
}
