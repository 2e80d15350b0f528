//! Version 2: the same future as an enum, with a `poll` written by hand.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use state_machine::stage::{Client, Line, Receive, Reply};

// ANCHOR: states
/// What [`v1_async::answer`](state_machine::v1_async::answer) returns, written by hand.
pub struct Answer(State);

/// The fields of a variant stand in the order in which they are dropped.
enum State {
    Start {
        client: Client,
    },
    Receiving {
        receive: Receive,
        line: Line,
        client: Client,
    },
    Replying {
        reply: Reply,
        length: usize,
        line: Line,
        client: Client,
    },
    /// Finished, or being polled at this moment.
    Done,
}
// ANCHOR_END: states

// ANCHOR: head
/// Makes the future. Nothing else happens before its first poll.
pub fn answer(client: Client) -> Answer {
    Answer(State::Start { client })
}

/// The head of the `while` loop: it goes to one of two states, and both begin with a new future.
fn head(client: Client, line: Line) -> State {
    if line.is_complete() {
        let length = line.len();
        State::Replying {
            reply: client.reply(length),
            length,
            line,
            client,
        }
    } else {
        State::Receiving {
            receive: client.receive(),
            line,
            client,
        }
    }
}
// ANCHOR_END: head

// ANCHOR: poll
impl Future for Answer {
    type Output = Option<usize>;

    /// # Panics
    ///
    /// If the future has finished, or has panicked.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<usize>> {
        let Answer(state) = self.get_mut();
        loop {
            match mem::replace(state, State::Done) {
                State::Start { client } => {
                    let line = client.line();
                    *state = head(client, line);
                }
                // ANCHOR_END: poll
                // ANCHOR: receiving
                State::Receiving {
                    client,
                    mut line,
                    mut receive,
                } => {
                    let Poll::Ready(received) = Pin::new(&mut receive).poll(cx) else {
                        *state = State::Receiving {
                            receive,
                            line,
                            client,
                        };
                        return Poll::Pending;
                    };
                    drop(receive);
                    let Some(piece) = received else {
                        return Poll::Ready(None);
                    };
                    line.push(&piece);
                    drop(piece);
                    *state = head(client, line);
                }
                // ANCHOR_END: receiving
                // ANCHOR: replying
                State::Replying {
                    client,
                    line,
                    length,
                    mut reply,
                } => {
                    if Pin::new(&mut reply).poll(cx).is_pending() {
                        *state = State::Replying {
                            reply,
                            length,
                            line,
                            client,
                        };
                        return Poll::Pending;
                    }
                    return Poll::Ready(Some(length));
                }
                State::Done => panic!("polled after it has finished"),
                // ANCHOR_END: replying
            }
        }
    }
}
