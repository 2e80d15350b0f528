//! What the call of an async function does, and what it leaves for later.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::mpsc;
use std::thread;

use first_program::{greeting, greeting_in_short};
use futures::executor::block_on;

/// What has happened so far, in order.
type Log = RefCell<Vec<&'static str>>;

/// Notes an event, and gives the number of events so far.
fn log(log: &Log, event: &'static str) -> usize {
    log.borrow_mut().push(event);
    log.borrow().len()
}

async fn body(events: &Log, argument: usize) -> usize {
    log(events, "body");
    argument
}

#[test]
fn a_call_evaluates_its_arguments_and_does_not_run_the_body() {
    let events = Log::default();
    let future = body(&events, log(&events, "argument"));
    log(&events, "called");
    assert_eq!(*events.borrow(), ["argument", "called"]);

    // The argument was evaluated when it was the first event, and kept since then.
    assert_eq!(block_on(future), 1);
    assert_eq!(*events.borrow(), ["argument", "called", "body"]);
}

#[test]
fn a_future_that_is_dropped_never_runs() {
    let events = Log::default();
    drop(body(&events, 0));
    assert!(events.borrow().is_empty());
}

#[test]
fn an_await_returns_after_the_awaited_body() {
    let events = Log::default();
    block_on(async {
        log(&events, "before");
        body(&events, 0).await;
        log(&events, "after");
    });
    assert_eq!(*events.borrow(), ["before", "body", "after"]);
}

/// A function that returns a block, with code before the block.
fn body_in_two_parts(events: &Log) -> impl Future<Output = ()> {
    log(events, "before the block");
    async {
        log(events, "in the block");
    }
}

#[test]
fn code_before_the_block_runs_at_the_call() {
    let events = Log::default();
    let future = body_in_two_parts(&events);
    log(&events, "called");
    block_on(future);
    assert_eq!(
        *events.borrow(),
        ["before the block", "called", "in the block"]
    );
}

#[test]
fn the_long_and_the_short_form_do_the_same() {
    let name = || "ada".to_owned();
    assert_eq!(block_on(greeting(name())), "hello, ada");
    assert_eq!(block_on(greeting_in_short(name())), "hello, ada");
}

#[test]
fn an_argument_lives_in_the_future_until_it_is_dropped() {
    async fn keep<T>(_argument: T) {}

    let argument = Rc::new(());
    let future = keep(Rc::clone(&argument));
    assert_eq!(Rc::strong_count(&argument), 2);
    drop(future);
    assert_eq!(Rc::strong_count(&argument), 1);
}

#[test]
fn an_async_block_borrows_and_an_async_move_block_takes() {
    let name = Rc::new("ada".to_owned());
    let borrows = async { name.len() };
    assert_eq!(Rc::strong_count(&name), 1);
    assert_eq!(block_on(borrows), 3);
    // `name` is still ours.
    let taken = Rc::clone(&name);
    let takes = async move { taken.len() };
    assert_eq!(Rc::strong_count(&name), 2);
    drop(takes);
    assert_eq!(Rc::strong_count(&name), 1);
}

#[test]
fn a_question_mark_in_a_block_leaves_the_block_and_not_the_function() {
    let events = Log::default();
    let refused: Result<(), &str> = Err("refused");
    let output = block_on(async {
        refused?;
        log(&events, "after the question mark");
        Ok::<(), &str>(())
    });
    log(&events, "after the block");
    assert_eq!(output, Err("refused"));
    assert_eq!(*events.borrow(), ["after the block"]);
}

#[test]
fn the_body_runs_on_the_thread_that_calls_block_on() {
    async fn where_am_i() -> thread::ThreadId {
        thread::current().id()
    }

    // Made on this thread, run on that one: no thread belongs to a future.
    let future = where_am_i();
    let (here, other) = thread::scope(|scope| {
        let other = scope.spawn(|| (block_on(future), thread::current().id()));
        (
            block_on(where_am_i()),
            other.join().expect("it does not panic"),
        )
    });
    assert_eq!(here, thread::current().id());
    assert_eq!(other.0, other.1);
    assert_ne!(here, other.0);
}

#[test]
fn block_on_returns_after_the_future_is_ready() {
    // The other thread answers only when it has been asked, and then `block_on` goes on.
    let (ask, asked) = mpsc::channel();
    let (answer, answered) = futures::channel::oneshot::channel();
    let answerer = thread::spawn(move || {
        asked.recv().expect("the future asks");
        answer.send(7).expect("the future waits");
    });
    let output = block_on(async {
        ask.send(()).expect("the other thread receives");
        answered.await.expect("the other thread answers")
    });
    assert_eq!(output, 7);
    answerer.join().expect("it does not panic");
}

#[test]
fn block_on_inside_block_on_panics() {
    let nested = thread::spawn(|| block_on(async { block_on(async {}) }));
    let panic = nested.join().expect_err("the inner call panics");
    let message = panic.downcast_ref::<String>().expect("it has a message");
    assert!(
        message.starts_with("cannot execute `LocalPool` executor from within another executor"),
        "{message}"
    );
}
