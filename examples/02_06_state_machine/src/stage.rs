//! A stage for one future: a client that plays a script, and a record of all that happens.
//!
//! Everything that is made here has a name in the record, and tells when it is dropped.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// What a poll of [`Receive`] or [`Reply`] finds. Each poll takes the next step of the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing has happened yet: the answer is pending.
    Wait,
    /// The client has sent these bytes.
    Piece(&'static str),
    /// The client has hung up.
    HangUp,
    /// The reply has gone out.
    Sent,
    /// A bug: the poll panics.
    Panic,
}

/// Locks a mutex, poisoned or not. Each value here is changed by one call, so a panic never leaves it half changed,
/// and a test that provokes a panic still wants to read the record.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The lines of a recorded run. A clone is another handle to the same lines.
///
/// A waker writes into it, and a waker must be `Send` and `Sync`. That is why it has a mutex.
#[derive(Clone, Debug, Default)]
pub struct Record(Arc<Mutex<Vec<String>>>);

impl Record {
    /// Adds one event: who does it, and what it is.
    pub fn event(&self, actor: &str, what: &str) {
        lock(&self.0).push(format!("{actor:<7}  {what}"));
    }

    /// The events so far.
    pub fn lines(&self) -> Vec<String> {
        lock(&self.0).clone()
    }
}

/// A waker that records each wake.
struct RecordedWake(Record);

impl Wake for RecordedWake {
    fn wake(self: Arc<Self>) {
        self.0.event("waker", "wakes the task");
    }
}

/// What the client's side shares with the futures.
struct Stage {
    script: Mutex<VecDeque<Step>>,
    waker: Mutex<Option<Waker>>,
    record: Record,
}

impl Stage {
    /// Plays the next step for `actor`, and keeps the waker if the answer is going to be pending.
    fn next(&self, actor: &str, cx: &Context<'_>) -> Step {
        let step = lock(&self.script).pop_front();
        match step.expect("the script has a step for every poll") {
            Step::Wait => {
                *lock(&self.waker) = Some(cx.waker().clone());
                self.record.event(actor, "answers pending");
                Step::Wait
            }
            Step::Panic => {
                self.record.event(actor, "panics");
                panic!("the script demands it");
            }
            step => {
                self.record.event(actor, "answers ready");
                step
            }
        }
    }
}

/// The connection to a client. It is closed when this is dropped.
pub struct Client(Arc<Stage>);

impl Client {
    /// An empty line.
    pub fn line(&self) -> Line {
        let record = self.0.record.clone();
        record.event("line", "is made");
        Line {
            text: String::new(),
            record,
        }
    }

    /// A future for the next piece. It shares the connection, and does not borrow it.
    pub fn receive(&self) -> Receive {
        self.0.record.event("receive", "is made");
        Receive(Arc::clone(&self.0))
    }

    /// A future that sends `length` to the client. It shares the connection, and does not borrow it.
    pub fn reply(&self, length: usize) -> Reply {
        let what = format!("is made, to send {length}");
        self.0.record.event("reply", &what);
        Reply(Arc::clone(&self.0))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.0.record.event("client", "is dropped");
    }
}

/// The future of [`Client::receive`]: the next piece, or `None` if the client has hung up.
///
/// # Panics
///
/// Its poll panics if the script has no step for it.
pub struct Receive(Arc<Stage>);

impl Future for Receive {
    type Output = Option<Piece>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Piece>> {
        match self.0.next("receive", cx) {
            Step::Wait => Poll::Pending,
            Step::Piece(text) => Poll::Ready(Some(Piece {
                text,
                record: self.0.record.clone(),
            })),
            Step::HangUp => Poll::Ready(None),
            step => panic!("a receive cannot play {step:?}"),
        }
    }
}

impl Drop for Receive {
    fn drop(&mut self) {
        self.0.record.event("receive", "is dropped");
    }
}

/// The future of [`Client::reply`]: ready when the reply has gone out.
///
/// # Panics
///
/// Its poll panics if the script has no step for it.
pub struct Reply(Arc<Stage>);

impl Future for Reply {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match self.0.next("reply", cx) {
            Step::Wait => Poll::Pending,
            Step::Sent => Poll::Ready(()),
            step => panic!("a reply cannot play {step:?}"),
        }
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        self.0.record.event("reply", "is dropped");
    }
}

/// A part of a line.
pub struct Piece {
    text: &'static str,
    record: Record,
}

impl Drop for Piece {
    fn drop(&mut self) {
        self.record.event("piece", "is dropped");
    }
}

/// The line so far.
pub struct Line {
    text: String,
    record: Record,
}

impl Line {
    /// Whether the line has its end, `\n`.
    pub fn is_complete(&self) -> bool {
        self.text.ends_with('\n')
    }

    /// Appends a piece.
    pub fn push(&mut self, piece: &Piece) {
        self.text.push_str(piece.text);
        self.record
            .event("line", &format!("is now {:?}", self.text));
    }

    /// The number of bytes, without the `\n`.
    pub fn len(&self) -> usize {
        self.text.trim_end_matches('\n').len()
    }

    /// Whether the line has no bytes, `\n` not counted.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.record.event("line", "is dropped");
    }
}

/// A client that plays `steps`, and the record that it writes.
pub fn open(steps: &[Step]) -> (Client, Record) {
    let record = Record::default();
    let stage = Stage {
        script: Mutex::new(steps.iter().copied().collect()),
        waker: Mutex::new(None),
        record: record.clone(),
    };
    (Client(Arc::new(stage)), record)
}

/// Drives the future that `make` returns: one poll, then one wake, and so on, at most `polls` times. Then drops it.
///
/// Returns the record. If the future answers pending and nobody has the waker, the run ends there.
pub fn run<F>(steps: &[Step], polls: usize, make: impl FnOnce(Client) -> F) -> Vec<String>
where
    F: Future<Output = Option<usize>>,
{
    let (client, record) = open(steps);
    let stage = Arc::clone(&client.0);
    let waker = Waker::from(Arc::new(RecordedWake(record.clone())));
    let mut cx = Context::from_waker(&waker);

    let mut future = Box::pin(make(client));
    for _ in 0..polls {
        record.event("main", "polls");
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            record.event("main", &format!("has the output {output:?}"));
            break;
        }
        // A statement of its own, so that the lock is released before the wake.
        let waker = lock(&stage.waker).take();
        match waker {
            Some(waker) => waker.wake(),
            None => {
                record.event("main", "sees that nobody has the waker");
                break;
            }
        }
    }
    record.event("main", "drops the future");
    drop(future);
    record.lines()
}
