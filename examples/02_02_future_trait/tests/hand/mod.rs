//! What the tests drive by hand: a child future that does as it is told, a waker that can be waited for, and a
//! connection.

// Every test file is a crate of its own and uses only a part of this.
#![allow(dead_code)]

use std::cell::{Cell, RefCell};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

/// A bound for what must happen soon, so that a broken crate fails its tests and does not hang them.
pub(crate) const SOON: Duration = Duration::from_secs(10);

/// Polls once.
pub(crate) fn poll<F: Future + Unpin>(future: &mut F, waker: &Waker) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(waker))
}

/// A future that is pending until its [`Control`] says otherwise. Panics when it is polled after it was ready.
pub(crate) struct Child<T>(Rc<State<T>>);

/// The other end of a [`Child`]: tells it when to finish, and what happened to it.
pub(crate) struct Control<T>(Rc<State<T>>);

struct State<T> {
    output: RefCell<Option<T>>,
    answered: Cell<bool>,
    polls: Cell<usize>,
    dropped: Cell<bool>,
}

pub(crate) fn child<T>() -> (Child<T>, Control<T>) {
    let state = Rc::new(State {
        output: RefCell::new(None),
        answered: Cell::new(false),
        polls: Cell::new(0),
        dropped: Cell::new(false),
    });
    (Child(Rc::clone(&state)), Control(state))
}

/// A child that is ready at its first poll.
pub(crate) fn finished<T>(output: T) -> (Child<T>, Control<T>) {
    let (child, control) = child();
    control.finish(output);
    (child, control)
}

impl<T> Control<T> {
    pub(crate) fn finish(&self, output: T) {
        *self.0.output.borrow_mut() = Some(output);
    }

    pub(crate) fn polls(&self) -> usize {
        self.0.polls.get()
    }

    pub(crate) fn is_dropped(&self) -> bool {
        self.0.dropped.get()
    }
}

impl<T> Future for Child<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<T> {
        assert!(
            !self.0.answered.get(),
            "the child is polled after it was ready"
        );
        self.0.polls.set(self.0.polls.get() + 1);
        match self.0.output.borrow_mut().take() {
            Some(output) => {
                self.0.answered.set(true);
                Poll::Ready(output)
            }
            None => Poll::Pending,
        }
    }
}

impl<T> Drop for Child<T> {
    fn drop(&mut self) {
        self.0.dropped.set(true);
    }
}

struct Bell(Sender<()>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        let _ = self.0.send(());
    }
}

/// A waker, and where its wakes arrive. The receiver is disconnected when the last clone of the waker is gone.
pub(crate) fn bell() -> (Waker, Receiver<()>) {
    let (sender, receiver) = mpsc::channel();
    (Waker::from(Arc::new(Bell(sender))), receiver)
}

/// Both ends of a new connection over the loopback interface: the far one for the test, the near one for the crate.
///
/// A blocking read of the far end fails after half of [`SOON`], one of the near end after [`SOON`]. In this order: a
/// test that waits at the far end for the end of the near one must not be saved by the near one's bound.
pub(crate) fn connection() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let far = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (near, _address) = listener.accept().unwrap();
    far.set_read_timeout(Some(SOON / 2)).unwrap();
    near.set_read_timeout(Some(SOON)).unwrap();
    (far, near)
}
