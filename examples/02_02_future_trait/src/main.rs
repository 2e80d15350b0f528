//! Polls one nested future by hand: a join of a chain of two reads with a third read, over two real connections.

use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use future_trait::{AndThen, Join, Received, SocketRead};

fn main() -> io::Result<()> {
    let (mut to_left, left) = connection()?;
    let (mut to_right, right) = connection()?;
    let (bell, rings) = mpsc::channel();
    let waker = Waker::from(Arc::new(Bell(bell)));
    // Ten seconds are a bound, so that a broken program ends. Nothing here waits for time to pass.
    let wait = || rings.recv_timeout(Duration::from_secs(10)).expect("a wake");

    // ANCHOR: nest
    let chain = AndThen::new(
        Announced("left 1", SocketRead::new(left)),
        |first: Received| Announced("left 2", SocketRead::new(first.stream)),
    );
    let right = Announced("right", SocketRead::new(right));
    let mut join = Announced("join", Join::new(chain, right));
    record("main", "has built the join");
    // ANCHOR_END: nest

    // ANCHOR: drive
    let mut cx = Context::from_waker(&waker);
    assert!(poll(&mut join, &mut cx).is_pending());

    to_right.write_all(b"tea")?;
    wait();
    record("watcher", "has seen bytes for right, and woke");
    assert!(poll(&mut join, &mut cx).is_pending());

    to_left.write_all(b"milk")?;
    wait();
    record("watcher", "has seen bytes for left 1, and woke");
    assert!(poll(&mut join, &mut cx).is_pending());

    to_left.write_all(b"sugar")?;
    wait();
    record("watcher", "has seen bytes for left 2, and woke");
    let Poll::Ready((left, right)) = poll(&mut join, &mut cx) else {
        panic!("both children have what they waited for");
    };
    // ANCHOR_END: drive

    record("main", &format!("has {} from left", text(left?)));
    record("main", &format!("has {} from right", text(right?)));
    Ok(())
}

/// Polls the whole nest, once.
fn poll<F: Future + Unpin>(future: &mut F, cx: &mut Context<'_>) -> Poll<F::Output> {
    record("main", "polls the join");
    Pin::new(future).poll(cx)
}

/// A future with a name, which tells what it answers. It is a future made of another one, too.
struct Announced<F>(&'static str, F);

impl<F: Future + Unpin> Future for Announced<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let answer = Pin::new(&mut self.1).poll(cx);
        let word = if answer.is_ready() {
            "ready"
        } else {
            "pending"
        };
        record(self.0, &format!("answers: {word}"));
        answer
    }
}

// ANCHOR: bell
/// A waker for a program without an executor: `main` hears the ring, and polls.
struct Bell(Sender<()>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        // Fails only when main no longer listens, and then nobody needs the ring.
        let _ = self.0.send(());
    }
}
// ANCHOR_END: bell

/// Both ends of a new connection over the loopback interface.
fn connection() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let near = TcpStream::connect(listener.local_addr()?)?;
    let (far, _address) = listener.accept()?;
    Ok((near, far))
}

fn text(received: Received) -> String {
    String::from_utf8_lossy(&received.bytes).into_owned()
}

fn record(actor: &str, what: &str) {
    println!("{actor:<8}  {what}");
}
