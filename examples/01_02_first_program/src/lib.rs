//! A mail server that answers from another thread, and the async function that sends a message to it.
//!
//! The chapter is about `send` and about those who call it. How the server's answer finds its way to the future that
//! waits for it is the subject of part 2.

use std::error::Error;
use std::fmt::{self, Display};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use futures::channel::oneshot;

/// Prints one line of the recorded run: who acts, then what it does.
///
/// # Panics
///
/// As `println!` does, when the standard output is closed.
pub fn record(actor: &str, what: impl Display) {
    println!("{actor:<8}  {what}");
}

// ANCHOR: send
/// Sends a message to somebody, and waits for the receipt. Its output is the receipt's number.
///
/// # Errors
///
/// If the server does not know the name.
///
/// # Panics
///
/// As [`Server::deliver`] does.
pub async fn send(server: &Server, to: &str) -> Result<u32, UnknownName> {
    record("send", format!("hands the server the message for {to}"));
    let receipt = server.deliver(to).await?;
    record("send", format!("has receipt {receipt}"));
    Ok(receipt)
}
// ANCHOR_END: send

// ANCHOR: greeting
/// What an `async fn` is short for: a function that returns a block.
#[expect(clippy::manual_async_fn, reason = "the chapter compares both forms")]
pub fn greeting(name: String) -> impl Future<Output = String> {
    async move { format!("hello, {name}") }
}

/// The same function in the usual form.
pub async fn greeting_in_short(name: String) -> String {
    format!("hello, {name}")
}
// ANCHOR_END: greeting

/// A mail server. It runs on a thread of its own, so that there is something to wait for.
pub struct Server {
    requests: mpsc::Sender<Request>,
    thread: JoinHandle<()>,
}

/// What the server's thread receives: a name, and where the answer goes.
struct Request {
    to: String,
    answer: oneshot::Sender<Result<u32, UnknownName>>,
}

impl Server {
    /// Starts a server that knows these names. Its receipts are numbered from 1.
    ///
    /// # Panics
    ///
    /// If the operating system refuses a thread.
    pub fn start(names: &'static [&'static str]) -> Server {
        let (requests, received) = mpsc::channel::<Request>();
        let thread = thread::spawn(move || {
            let mut receipt = 0;
            for Request { to, answer } in received {
                // Printed before the answer is sent. After it, this thread and the one that waits would race.
                let result = if names.contains(&to.as_str()) {
                    receipt += 1;
                    record("server", format!("receives the message for {to}"));
                    Ok(receipt)
                } else {
                    record("server", format!("does not know {to}"));
                    Err(UnknownName(to))
                };
                // An error here says that the future which waited was dropped. Then nobody needs the answer.
                let _ = answer.send(result);
            }
            record("server", format!("closes, and has received {receipt}"));
        });
        Server { requests, thread }
    }

    /// Hands the server a message, and waits for its answer.
    ///
    /// # Errors
    ///
    /// If the server does not know the name.
    ///
    /// # Panics
    ///
    /// If the server's thread has panicked.
    pub async fn deliver(&self, to: &str) -> Result<u32, UnknownName> {
        let (answer, answered) = oneshot::channel();
        let to = to.to_owned();
        self.requests
            .send(Request { to, answer })
            .expect("the server receives until it is closed");
        answered.await.expect("the server answers every request")
    }

    /// Closes the server, and returns when its thread has ended.
    ///
    /// # Panics
    ///
    /// If the server's thread has panicked.
    pub fn close(self) {
        // The last sender: the server's loop ends.
        drop(self.requests);
        self.thread.join().expect("the server does not panic");
    }
}

/// The error of a server that does not know the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName(pub String);

impl Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nobody is called {}", self.0)
    }
}

impl Error for UnknownName {}
