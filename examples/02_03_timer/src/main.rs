//! A recorded run of three timers, two eager and one lazy.
//!
//! The timers fire on threads of their own, but only `main` writes lines, so their order is fixed.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::task::{Context, Wake, Waker};
use std::time::Duration;

use timer_future::{TimerFuture, lazy};

/// If you change a timer and it loses a wakeup, this program still ends.
const WATCHDOG: Duration = Duration::from_secs(10);

// ANCHOR: driver
/// A waker that passes each wake on as a message.
struct Bell(Sender<()>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        // An error means that nobody listens any more, and then nobody needs to be woken.
        let _ = self.0.send(());
    }
}

/// Polls a timer until it is ready, and waits for a wake before each new poll.
fn drive(name: &str, mut timer: impl Future<Output = ()> + Unpin) {
    let (bell, rings) = mpsc::channel();
    let waker = Waker::from(Arc::new(Bell(bell)));
    let mut cx = Context::from_waker(&waker);
    let mut polls = 1;
    while Pin::new(&mut timer).poll(&mut cx).is_pending() {
        record("main", &format!("polls the {name} timer: pending"));
        rings.recv_timeout(WATCHDOG).expect("a wake in time");
        record(&format!("{name} timer"), "fires and wakes the task");
        polls += 1;
    }
    record(
        "main",
        &format!("polls the {name} timer: ready, polls: {polls}"),
    );
}
// ANCHOR_END: driver

// ANCHOR: run
fn main() {
    let short = Duration::from_millis(10);
    // So much longer that the short timer's thread is done first, even on a busy machine.
    let long = Duration::from_millis(500);

    record("main", "creates the long timer, eager");
    let long_timer = TimerFuture::new(long);
    record("main", "creates the short timer, eager");
    let short_timer = TimerFuture::new(short);
    record("main", "creates the lazy timer, as short");
    let lazy_timer = lazy::TimerFuture::new(short);

    drive("long", long_timer);
    drive("short", short_timer);
    drive("lazy", lazy_timer);
}
// ANCHOR_END: run

/// One event, one line: who acts, then what is done.
fn record(actor: &str, what: &str) {
    println!("{actor:<11}  {what}");
}
