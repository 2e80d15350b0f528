//! What is left behind when a `SocketRead` is dropped. The other end of the connection tells: it sees the end of the
//! stream only when every handle to this end is closed, and the watcher thread has one of them.

mod hand;

use std::io::{Read, Write};
use std::sync::mpsc::RecvError;
use std::task::Poll;

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
    let (mut far, near) = connection();
    let mut other = near.try_clone().unwrap();
    drop(SocketRead::new(near));
    far.write_all(b"!").unwrap();
    assert_eq!(other.read(&mut [0]).unwrap(), 1);
}

#[test]
fn a_finished_read_leaves_one_handle() {
    let (mut far, near) = connection();
    let (waker, wakes) = bell();
    let mut read = SocketRead::new(near);
    assert!(poll(&mut read, &waker).is_pending());
    far.write_all(b"!").unwrap();
    wakes.recv_timeout(SOON).expect("the watcher wakes");
    let Poll::Ready(Ok(received)) = poll(&mut read, &waker) else {
        panic!("the byte is there");
    };
    // The read is dropped after its answer and must leave the stream alone …
    drop(read);
    far.write_all(b"?").unwrap();
    let mut stream = received.stream;
    assert_eq!(stream.read(&mut [0]).unwrap(), 1);
    // … which is the last handle.
    drop(stream);
    assert_eq!(far.read(&mut [0]).unwrap(), 0);
}
