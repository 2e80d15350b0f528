//! Break it first: an executor without a flag polls a task once for every wake.
//!
//! The same two futures run on two executors. A reader waits for 16 letters, so it has left a waker in
//! 16 mailboxes. A postman delivers 15 letters at once, and the last one when the reader has had its
//! turn. The reader counts its polls. With a number behind `--`, there are so many letters.

use std::env;
use std::pin::Pin;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

// ANCHOR: task
type BoxedFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Task {
    future: Mutex<Option<BoxedFuture>>,
    ready_queue: Sender<Arc<Task>>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        // An error would say that the executor is gone.
        let _ = self.ready_queue.send(Arc::clone(&self));
    }
}
// ANCHOR_END: task

// ANCHOR: loop
fn run(ready_queue: Receiver<Arc<Task>>) {
    while let Ok(task) = ready_queue.recv() {
        let waker = Waker::from(Arc::clone(&task));
        let mut slot = lock(&task.future);
        if let Some(future) = slot.as_mut() {
            let answer = future.as_mut().poll(&mut Context::from_waker(&waker));
            if answer.is_ready() {
                *slot = None; // a finished future must not be polled again
            }
        }
    }
}
// ANCHOR_END: loop

/// One letter, or the waker of a reader that waits for it.
#[derive(Default)]
struct Mailbox {
    letter: bool,
    waker: Option<Waker>,
}

type Mailboxes = Vec<Arc<Mutex<Mailbox>>>;

struct Reader {
    unread: Mailboxes,
    polls: usize,
    for_nothing: usize,
}

impl Future for Reader {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.polls += 1;
        let waited_for = self.unread.len();
        self.unread.retain(|mailbox| {
            let mut mailbox = lock(mailbox);
            if !mailbox.letter {
                mailbox.waker = Some(cx.waker().clone());
            }
            !mailbox.letter
        });
        let letters = waited_for - self.unread.len();
        match letters {
            0 => self.for_nothing += 1,
            1 => record("reader", "reads the last letter"),
            _ => record("reader", &format!("reads {letters} letters")),
        }
        if self.unread.is_empty() {
            let (polls, idle) = (self.polls, self.for_nothing);
            record(
                "reader",
                &format!("is finished after {polls} polls, {idle} of them for nothing"),
            );
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

/// Delivers all letters but one in its first poll, and the last one in its second.
struct Postman {
    empty: Mailboxes,
}

impl Future for Postman {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(last) = self.empty.pop() else {
            return Poll::Ready(());
        };
        if self.empty.is_empty() {
            record("postman", "delivers the last letter");
            deliver(&last);
            return Poll::Ready(());
        }
        let letters = self.empty.len();
        let wakes = self.empty.iter().filter(|mailbox| deliver(mailbox)).count();
        record(
            "postman",
            &format!("delivers {letters} letters, and wakes the reader {wakes} times"),
        );
        self.empty = vec![last];
        // A second turn, behind the entries that the reader has in the ready queue by now.
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Says whether this has woken the reader. It wakes after the lock is released, as it should.
fn deliver(mailbox: &Mutex<Mailbox>) -> bool {
    let mut mailbox = lock(mailbox);
    mailbox.letter = true;
    let waker = mailbox.waker.take();
    drop(mailbox);
    waker.map(Waker::wake).is_some()
}

fn main() -> Result<(), executor::SpawnError> {
    let letters = env::args().nth(1).map_or(16, |number| {
        number.parse().expect("the number of letters, or nothing")
    });

    record("main", "runs an executor that queues a task at every wake");
    let (reader, postman) = storm(letters);
    let (spawner, ready_queue) = mpsc::channel();
    for future in [Box::pin(reader) as BoxedFuture, Box::pin(postman)] {
        Arc::new(Task {
            future: Mutex::new(Some(future)),
            ready_queue: spawner.clone(),
        })
        .wake(); // the first entry of a task is made like every other
    }
    drop(spawner);
    run(ready_queue);

    record("main", "runs the executor of this chapter");
    let (reader, postman) = storm(letters);
    let (executor, spawner) = executor::executor();
    spawner.spawn(reader)?;
    spawner.spawn(postman)?;
    drop(spawner);
    assert_eq!(executor.run().finished, 2);
    Ok(())
}

/// A reader and a postman, with a mailbox for each letter between them.
fn storm(letters: usize) -> (Reader, Postman) {
    let empty: Mailboxes = (0..letters).map(|_| Arc::default()).collect();
    let reader = Reader {
        unread: empty.clone(),
        polls: 0,
        for_nothing: 0,
    };
    (reader, Postman { empty })
}

/// Nothing here panics under a lock, so a poisoned mutex holds a value as good as any.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn record(actor: &str, what: &str) {
    println!("{actor:<7}  {what}");
}
