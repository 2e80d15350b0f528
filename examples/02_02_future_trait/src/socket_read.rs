//! A future that reads from a TCP connection, with nothing but std.
//!
//! std can't tell us that bytes are there without blocking a thread. So each read has a thread of its own, the
//! watcher: it blocks in [`TcpStream::peek`] on a second handle to the connection, and wakes the task when there is
//! something to read. A later part of the book replaces the watchers by one reactor.

use std::io::{self, Read};
use std::mem;
use std::net::{Shutdown, TcpStream};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::thread;

/// One read takes at most this many bytes; what is left waits for the next read.
const LIMIT: usize = 1024;

// ANCHOR: socket_read_decl
/// Reads once from a TCP connection.
pub struct SocketRead {
    /// `None` once the answer was given: the stream has gone back to the caller.
    stream: Option<TcpStream>,
    /// Shared with the watcher thread.
    readiness: Arc<Mutex<Readiness>>,
}

/// What is known about the bytes that we wait for.
enum Readiness {
    /// Nobody watches the connection.
    Unwatched,
    /// The watcher waits for bytes, and will wake this waker.
    Watched(Waker),
    /// The watcher has seen bytes, the end of the stream, or an error.
    Known(io::Result<()>),
}
// ANCHOR_END: socket_read_decl

/// What a [`SocketRead`] gives when it is ready.
#[derive(Debug)]
pub struct Received {
    /// The connection, for the next read.
    pub stream: TcpStream,
    /// What was read: 1 to 1,024 bytes, or none if the other side has closed the connection.
    pub bytes: Vec<u8>,
}

impl SocketRead {
    /// Creates a read of what arrives next on `stream`, which must be in blocking mode, as a new stream is.
    ///
    /// Nothing happens before the first poll. The read owns the stream and hands it back in its output. If the output
    /// is an error, the stream is dropped. While the read is pending, no other handle to the same connection may be
    /// read: it could take the bytes that the watcher has seen, and then the poll would block.
    pub fn new(stream: TcpStream) -> SocketRead {
        SocketRead {
            stream: Some(stream),
            readiness: Arc::new(Mutex::new(Readiness::Unwatched)),
        }
    }

    // ANCHOR: poll_readable
    /// Answers `Ready` when a read will not block.
    fn poll_readable(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let stream = self.stream.as_ref();
        let stream = stream.expect("SocketRead is polled after it was ready");
        let mut readiness = lock(&self.readiness);
        match &mut *readiness {
            Readiness::Unwatched => {
                let waker = cx.waker().clone();
                let watched = stream.try_clone()?;
                let shared = Arc::clone(&self.readiness);
                thread::Builder::new().spawn(move || watch(watched, &shared))?;
                // The watcher can't be ahead of us: it needs the lock that we hold.
                *readiness = Readiness::Watched(waker);
                Poll::Pending
            }
            Readiness::Watched(waker) => {
                waker.clone_from(cx.waker());
                Poll::Pending
            }
            Readiness::Known(result) => Poll::Ready(mem::replace(result, Ok(()))),
        }
    }
    // ANCHOR_END: poll_readable
}

/// # Panics
///
/// Panics when it is polled after it was ready.
// ANCHOR: socket_read_poll
impl Future for SocketRead {
    type Output = io::Result<Received>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let readable = ready!(this.poll_readable(cx));
        // From here on the answer is `Ready`, and the next poll finds no stream.
        let mut stream = this.stream.take().expect("poll_readable has found it");
        readable?;
        let mut bytes = vec![0; LIMIT];
        let count = stream.read(&mut bytes)?;
        bytes.truncate(count);
        Poll::Ready(Ok(Received { stream, bytes }))
    }
}
// ANCHOR_END: socket_read_poll

// ANCHOR: watch
/// The watcher thread: waits until there is something to read, then wakes the task.
fn watch(stream: TcpStream, shared: &Mutex<Readiness>) {
    let result = loop {
        match stream.peek(&mut [0]) {
            // A signal has interrupted the wait: no news of the connection.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            result => break result.map(|_count| ()),
        }
    };
    // Closed before the wake, so that the task that wakes up has the only handle.
    drop(stream);

    let mut readiness = lock(shared);
    let before = mem::replace(&mut *readiness, Readiness::Known(result));
    // Unlocked first: a waker may poll at once, and that poll takes the same lock.
    drop(readiness);
    // If nobody is woken here, the read was dropped, and nobody wants to know.
    if let Readiness::Watched(waker) = before {
        waker.wake();
    }
}
// ANCHOR_END: watch

// ANCHOR: socket_read_drop
impl Drop for SocketRead {
    fn drop(&mut self) {
        let before = mem::replace(&mut *lock(&self.readiness), Readiness::Unwatched);
        if let (Readiness::Watched(_), Some(stream)) = (before, &self.stream) {
            // Ends the watcher's `peek`. An error here means that the connection is
            // gone, and then `peek` ends as well.
            let _ = stream.shutdown(Shutdown::Read);
        }
    }
}
// ANCHOR_END: socket_read_drop

/// Locks the state, also after a panic of another thread that held the lock: the state is one value that is only ever
/// replaced as a whole, so it is never half-changed.
fn lock(readiness: &Mutex<Readiness>) -> MutexGuard<'_, Readiness> {
    readiness.lock().unwrap_or_else(PoisonError::into_inner)
}
