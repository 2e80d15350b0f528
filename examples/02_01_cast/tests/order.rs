//! No message is lost, and none overtakes another at the same address.

mod common;

use std::cell::RefCell;
use std::rc::Rc;

use cast::{Executor, Reactor};
use common::bounded;

#[test]
fn messages_are_read_in_the_order_in_which_they_are_sent() {
    bounded(|| {
        let (reactor, outside) = Reactor::start();
        let read = Rc::new(RefCell::new(Vec::new()));
        let reading = Rc::clone(&read);
        let mut executor = Executor::new();
        executor.spawn(async move {
            for _ in 0..3 {
                let text = reactor.next_message("ada").await;
                reading.borrow_mut().push(text);
            }
        });

        // How often the executor waits depends on how fast the reactor is. The order does not.
        let mut messages = vec!["three", "two", "one"];
        executor.run(|| {
            while let Some(text) = messages.pop() {
                outside.send("ada", text);
            }
        });
        outside.close();

        assert_eq!(*read.borrow(), ["one", "two", "three"]);
    });
}

#[test]
fn messages_that_nobody_waits_for_are_kept() {
    bounded(|| {
        let (reactor, outside) = Reactor::start();
        for text in ["one", "two"] {
            outside.send("ada", text);
        }
        outside.close();

        let read = Rc::new(RefCell::new(Vec::new()));
        let reading = Rc::clone(&read);
        let mut executor = Executor::new();
        executor.spawn(async move {
            for _ in 0..2 {
                let text = reactor.next_message("ada").await;
                reading.borrow_mut().push(text);
            }
        });
        executor.run(|| unreachable!("both messages are there"));

        assert_eq!(*read.borrow(), ["one", "two"]);
    });
}
