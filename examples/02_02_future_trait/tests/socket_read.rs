//! What a `SocketRead` answers, and whom it wakes.

mod hand;

use std::io::{self, ErrorKind, Write};
use std::sync::mpsc::{self, RecvError, Sender};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Wake, Waker};

use future_trait::{Received, SocketRead};
use hand::{SOON, bell, connection, poll};

/// Polls, and polls again after each wake, until the read is ready.
fn drive(mut read: SocketRead) -> io::Result<Received> {
    let (waker, wakes) = bell();
    loop {
        if let Poll::Ready(answer) = poll(&mut read, &waker) {
            return answer;
        }
        wakes.recv_timeout(SOON).expect("the watcher wakes");
    }
}

#[test]
fn it_is_pending_until_bytes_arrive_and_never_blocks() {
    let (mut far, near) = connection();
    let (waker, wakes) = bell();
    let mut read = SocketRead::new(near);
    for _ in 0..3 {
        assert!(poll(&mut read, &waker).is_pending());
    }
    far.write_all(b"hello").unwrap();
    wakes.recv_timeout(SOON).expect("the watcher wakes");
    let Poll::Ready(Ok(received)) = poll(&mut read, &waker) else {
        panic!("the bytes are there");
    };
    assert_eq!(received.bytes, b"hello");
}

#[test]
fn bytes_that_were_there_before_the_first_poll_are_read() {
    let (mut far, near) = connection();
    far.write_all(b"early").unwrap();
    near.peek(&mut [0]).unwrap();
    assert_eq!(drive(SocketRead::new(near)).unwrap().bytes, b"early");
}

#[test]
fn one_event_is_one_wake() {
    let (mut far, near) = connection();
    let (waker, wakes) = bell();
    let mut read = SocketRead::new(near);
    for _ in 0..3 {
        assert!(poll(&mut read, &waker).is_pending());
    }
    drop(waker);
    far.write_all(b"!").unwrap();
    assert_eq!(wakes.recv_timeout(SOON), Ok(()));
    // The watcher had the last waker. It is gone, so nothing more can come.
    assert_eq!(wakes.recv(), Err(RecvError));
}

#[test]
fn only_the_newest_waker_is_woken() {
    let (mut far, near) = connection();
    let (old, old_wakes) = bell();
    let (new, new_wakes) = bell();
    let mut read = SocketRead::new(near);
    assert!(poll(&mut read, &old).is_pending());
    assert!(poll(&mut read, &new).is_pending());
    drop(old);
    far.write_all(b"!").unwrap();
    new_wakes.recv_timeout(SOON).expect("the newest is woken");
    assert_eq!(old_wakes.recv(), Err(RecvError));
}

/// A waker that polls its read at once, inside `wake`, on the thread of whoever wakes it.
struct PollsOnTheSpot {
    read: Mutex<SocketRead>,
    answer: Sender<Poll<io::Result<Received>>>,
}

impl Wake for PollsOnTheSpot {
    fn wake(self: Arc<Self>) {
        let answer = poll(&mut *self.read.lock().unwrap(), Waker::noop());
        self.answer.send(answer).unwrap();
    }
}

#[test]
fn a_waker_may_poll_on_the_spot() {
    let (mut far, near) = connection();
    let (answer, answers) = mpsc::channel();
    let task = Arc::new(PollsOnTheSpot {
        read: Mutex::new(SocketRead::new(near)),
        answer,
    });
    let waker = Waker::from(Arc::clone(&task));
    assert!(poll(&mut *task.read.lock().unwrap(), &waker).is_pending());
    far.write_all(b"!").unwrap();
    let answer = answers.recv_timeout(SOON).expect("a poll without deadlock");
    assert!(matches!(answer, Poll::Ready(Ok(_))));
}

#[test]
fn the_stream_comes_back_and_can_be_read_again() {
    let (mut far, near) = connection();
    far.write_all(b"one").unwrap();
    let first = drive(SocketRead::new(near)).unwrap();
    assert_eq!(first.bytes, b"one");
    far.write_all(b"two").unwrap();
    let second = drive(SocketRead::new(first.stream)).unwrap();
    assert_eq!(second.bytes, b"two");
}

#[test]
fn a_long_message_takes_several_reads_and_loses_nothing() {
    let message: Vec<u8> = (0..3000_u32).map(|i| i.to_le_bytes()[0]).collect();
    let (mut far, near) = connection();
    far.write_all(&message).unwrap();
    let (mut stream, mut collected) = (near, Vec::new());
    while collected.len() < message.len() {
        let received = drive(SocketRead::new(stream)).unwrap();
        assert!((1..=1024).contains(&received.bytes.len()));
        collected.extend(received.bytes);
        stream = received.stream;
    }
    assert_eq!(collected, message);
}

#[test]
fn the_end_of_the_stream_is_no_bytes() {
    let (far, near) = connection();
    drop(far);
    assert!(drive(SocketRead::new(near)).unwrap().bytes.is_empty());
}

#[test]
fn a_reset_connection_is_an_error() {
    let (far, near) = connection();
    (&near).write_all(b"unread").unwrap();
    far.peek(&mut [0]).unwrap();
    // Closing a connection with unread bytes resets it.
    drop(far);
    let error = drive(SocketRead::new(near)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
}

#[test]
fn a_stream_in_nonblocking_mode_is_an_error_and_not_a_hang() {
    let (_far, near) = connection();
    near.set_nonblocking(true).unwrap();
    let error = drive(SocketRead::new(near)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WouldBlock);
}

#[test]
#[should_panic(expected = "SocketRead is polled after it was ready")]
fn polling_after_ready_panics() {
    let (mut far, near) = connection();
    let (waker, wakes) = bell();
    far.write_all(b"!").unwrap();
    let mut read = SocketRead::new(near);
    assert!(poll(&mut read, &waker).is_pending());
    wakes.recv_timeout(SOON).expect("the watcher wakes");
    assert!(poll(&mut read, Waker::noop()).is_ready());
    let _ = poll(&mut read, Waker::noop());
}

#[test]
#[should_panic(expected = "SocketRead is polled after it was ready")]
fn polling_after_an_error_panics() {
    let (_far, near) = connection();
    near.set_nonblocking(true).unwrap();
    let (waker, wakes) = bell();
    let mut read = SocketRead::new(near);
    assert!(poll(&mut read, &waker).is_pending());
    wakes.recv_timeout(SOON).expect("the watcher wakes");
    assert!(matches!(
        poll(&mut read, Waker::noop()),
        Poll::Ready(Err(_))
    ));
    let _ = poll(&mut read, Waker::noop());
}
