//! Every part of async Rust in one small program, each part with a name of its own.
//!
//! A task waits for a message from outside. The parts are [`NextMessage`], which is a future, the task
//! that an [`Executor`] makes of a future, the waker of that task, and the [`Reactor`], to which the
//! [`Outside`] sends messages. Each of them tells [`record`] what it does.
//!
//! This is a model to look at. The later chapters build the parts again, as they are built for use.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Display;
use std::pin::Pin;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, JoinHandle};

/// Prints one line of the recorded run: who acts, then what it does.
///
/// # Panics
///
/// As `println!` does, when the standard output is closed.
pub fn record(actor: &str, what: impl Display) {
    println!("{actor:<8}  {what}");
}

// ANCHOR: future
/// The future. It stands for the next message for one address.
///
/// Made by [`Reactor::next_message`]. When it is ready it has done its work: a further poll would take
/// the message after that one.
pub struct NextMessage {
    reactor: Reactor,
    address: &'static str,
}

impl Future for NextMessage {
    type Output = String;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<String> {
        record("future", "asks the reactor");
        match self.reactor.take_or_keep(self.address, cx.waker()) {
            Some(text) => {
                record("future", "answers ready");
                Poll::Ready(text)
            }
            None => {
                record("future", "answers pending");
                Poll::Pending
            }
        }
    }
}
// ANCHOR_END: future

// ANCHOR: task
/// The task: a future that the executor owns, and the waker that belongs to it.
struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    waker: Waker,
}
// ANCHOR_END: task

// ANCHOR: waker
/// What the waker of a task does when it is woken.
struct TaskWaker {
    number: usize,
    to_ready_queue: Sender<usize>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        record(
            "waker",
            format!("puts task {} in the ready queue", self.number),
        );
        // Sending fails when the executor is gone. Then nobody polls any more, and nothing is lost.
        let _ = self.to_ready_queue.send(self.number);
    }
}
// ANCHOR_END: waker

/// The executor. It owns the tasks, and polls those whose numbers are in the ready queue.
pub struct Executor {
    tasks: BTreeMap<usize, Task>,
    spawned: usize,
    ready_queue: Receiver<usize>,
    to_ready_queue: Sender<usize>,
}

impl Default for Executor {
    fn default() -> Self {
        Self::new()
    }
}

impl Executor {
    /// Makes an executor that has no tasks.
    pub fn new() -> Self {
        let (to_ready_queue, ready_queue) = mpsc::channel();
        Self {
            tasks: BTreeMap::new(),
            spawned: 0,
            ready_queue,
            to_ready_queue,
        }
    }

    /// Makes a task of `future`. Tasks are numbered from 1, in the order in which they are spawned.
    pub fn spawn(&mut self, future: impl Future<Output = ()> + 'static) {
        self.spawned += 1;
        let number = self.spawned;
        let to_ready_queue = self.to_ready_queue.clone();
        let task = Task {
            future: Box::pin(future),
            waker: Waker::from(Arc::new(TaskWaker {
                number,
                to_ready_queue,
            })),
        };
        self.tasks.insert(number, task);

        record(
            "executor",
            format!("takes task {number} and puts it in the ready queue"),
        );
        // Nobody wakes a new task. It has to be polled once before anybody can have its waker.
        self.to_ready_queue
            .send(number)
            .expect("the executor owns the receiving end");
    }

    // ANCHOR: run
    /// Polls tasks until all are finished.
    ///
    /// `when_idle` is called each time before the executor waits. No real executor has it. Here, the
    /// caller uses it to let something happen outside, so that the order of every run is the same.
    ///
    /// If tasks are left and nobody wakes them, this waits forever.
    ///
    /// # Panics
    ///
    /// When a task or `when_idle` panics.
    pub fn run(&mut self, mut when_idle: impl FnMut()) {
        while !self.tasks.is_empty() {
            let number = self.ready_queue.try_recv().unwrap_or_else(|_empty| {
                record("executor", "has nothing to poll, and waits");
                when_idle();
                self.ready_queue
                    .recv()
                    .expect("the executor owns a sending end")
            });
            self.poll(number);
        }
    }
    // ANCHOR_END: run

    // ANCHOR: poll
    fn poll(&mut self, number: usize) {
        // A waker may outlive its task. A number without a task is a wake that came after the end.
        let Some(task) = self.tasks.get_mut(&number) else {
            return;
        };

        record("executor", format!("polls task {number}"));
        let mut cx = Context::from_waker(&task.waker);
        match task.future.as_mut().poll(&mut cx) {
            Poll::Pending => {
                record("executor", format!("keeps task {number}, which is pending"));
            }
            Poll::Ready(()) => {
                record("executor", format!("drops task {number}, which is ready"));
                self.tasks.remove(&number);
            }
        }
    }
    // ANCHOR_END: poll
}

/// The reactor. It waits for messages from outside, and wakes the tasks that wait for them.
///
/// Clones are handles to the same reactor.
#[derive(Clone, Default)]
pub struct Reactor {
    inboxes: Arc<Mutex<BTreeMap<&'static str, Inbox>>>,
}

/// What the reactor has for one address: messages that nobody has taken yet, or else the waker to use
/// when one comes.
#[derive(Default)]
struct Inbox {
    messages: VecDeque<String>,
    waker: Option<Waker>,
}

impl Reactor {
    /// Starts the reactor on a thread of its own, which ends when the [`Outside`] is closed or dropped.
    ///
    /// # Panics
    ///
    /// When the operating system cannot start a thread.
    pub fn start() -> (Reactor, Outside) {
        let (to_reactor, messages) = mpsc::channel();
        let reactor = Reactor::default();
        let receiver = reactor.clone();
        let thread = thread::spawn(move || {
            // The reactor waits here, in `next` of the iterator, and nowhere else.
            for (address, text) in messages {
                receiver.receive(address, text);
            }
        });
        (reactor, Outside { to_reactor, thread })
    }

    /// Makes a future that stands for the next message for `address`.
    ///
    /// Only one future at a time may wait for an address, because the reactor keeps one waker for each
    /// address: the one of the latest poll.
    pub fn next_message(&self, address: &'static str) -> NextMessage {
        NextMessage {
            reactor: self.clone(),
            address,
        }
    }

    // ANCHOR: reactor_receive
    /// Called on the reactor's thread, for each message from outside.
    fn receive(&self, address: &'static str, text: String) {
        record("reactor", format!("receives \"{text}\" for {address}"));
        let mut inboxes = self.lock();
        let inbox = inboxes.entry(address).or_default();
        inbox.messages.push_back(text);
        let waker = inbox.waker.take();
        // The lock ends before the wake, because we do not know what this waker does. If it polls the
        // task at once, the future asks for this same lock.
        drop(inboxes);

        if let Some(waker) = waker {
            record("reactor", "wakes with the waker it kept");
            waker.wake();
        }
    }
    // ANCHOR_END: reactor_receive

    // ANCHOR: reactor_keep
    /// Called by the future: gives it a message, or else keeps the waker for later.
    fn take_or_keep(&self, address: &'static str, waker: &Waker) -> Option<String> {
        // One lock for both, so that no message comes in between the look and the keeping.
        let mut inboxes = self.lock();
        let inbox = inboxes.entry(address).or_default();
        let message = inbox.messages.pop_front();
        if message.is_some() {
            record("reactor", format!("hands over a message for {address}"));
        } else {
            record(
                "reactor",
                format!("has no message for {address}, and keeps the waker"),
            );
            inbox.waker = Some(waker.clone());
        }
        message
    }
    // ANCHOR_END: reactor_keep

    /// A mutex is poisoned when a thread panics while it holds the lock. Even then nothing in here is
    /// half done, because each change is one push, one pop or one assignment. So we go on.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<&'static str, Inbox>> {
        self.inboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The world outside the program. What it sends, the reactor receives.
pub struct Outside {
    to_reactor: Sender<(&'static str, String)>,
    thread: JoinHandle<()>,
}

impl Outside {
    /// Sends a message to an address, and does not wait until somebody takes it.
    ///
    /// # Panics
    ///
    /// When the reactor's thread has panicked.
    pub fn send(&self, address: &'static str, text: &str) {
        record("outside", format!("sends \"{text}\" to {address}"));
        self.to_reactor
            .send((address, text.to_owned()))
            .expect("the reactor receives as long as there is an outside");
    }

    /// Ends the reactor's thread, after it has received all that was sent.
    ///
    /// # Panics
    ///
    /// When the reactor's thread has panicked.
    pub fn close(self) {
        drop(self.to_reactor);
        self.thread.join().expect("the reactor does not panic");
    }
}
