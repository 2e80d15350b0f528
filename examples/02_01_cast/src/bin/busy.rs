//! One thread waits for a message in two inboxes, and asks them in turn, again and again.
//!
//! Standard output is the same in every run. The number of questions is not, so it goes to standard error.

use std::sync::mpsc::{self, TryRecvError};
use std::thread;
use std::time::Duration;

use cast::record;

/// No message is sent before this many questions, so that the last line is true on any machine.
const AT_LEAST: u64 = 1_001;

fn main() {
    let (to_ada, ada) = mpsc::channel::<String>();
    let (to_bob, bob) = mpsc::channel();
    let (enough_asked, enough) = mpsc::channel();

    let outside = thread::spawn(move || {
        // An error here says that the main thread is gone. Then nobody reads the message, and we may
        // send it all the same.
        let _ = enough.recv();
        // How long the message takes decides how many questions are asked. The order of the lines does
        // not depend on it.
        thread::sleep(Duration::from_millis(100));
        record("outside", "sends \"hello\" to bob");
        let _ = to_bob.send("hello".to_owned());
        // Given to `join` instead of dropped here, so that no inbox closes while it is still asked.
        (to_ada, to_bob)
    });

    record("main", "asks two inboxes in turn, and does not stop asking");
    // ANCHOR: ask
    let mut in_vain: u64 = 0;
    let (address, text) = 'waiting: loop {
        for (address, inbox) in [("ada", &ada), ("bob", &bob)] {
            match inbox.try_recv() {
                Ok(text) => break 'waiting (address, text),
                Err(TryRecvError::Empty) => in_vain += 1,
                Err(TryRecvError::Disconnected) => panic!("nobody is left who could send"),
            }
            if in_vain == AT_LEAST {
                enough_asked.send(()).expect("the outside waits for this");
            }
        }
    };
    // ANCHOR_END: ask
    record("main", format!("finds \"{text}\" for {address}"));

    let senders = outside.join().expect("the outside does not panic");
    drop(senders);
    // Fails if somebody changes `AT_LEAST`, and then the next line would not be true.
    assert!(in_vain > 1_000);
    record("main", "has asked more than 1000 times in vain");
    eprintln!("(in this run: {in_vain} times)");
}
