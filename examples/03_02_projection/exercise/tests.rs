//! What a `Timeout` must do. Nothing here waits: the tests poll by hand, and time is out when they say so.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use projection::counting::{Counting, allocations};
use projection::stage::{Record, Watched, pause, poll};

use crate::exercise::{Elapsed, Timeout};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Something to wait for. A test opens it.
#[derive(Clone, Default)]
struct Gate(Rc<(Cell<bool>, RefCell<Option<Waker>>)>);

impl Gate {
    fn open(&self) {
        self.0.0.set(true);
        let waker = self.0.1.take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Ready when the gate is open.
    async fn passed(self) {
        std::future::poll_fn(|cx| {
            if self.0.0.get() {
                return Poll::Ready(());
            }
            self.0.1.replace(Some(cx.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}

/// A future that refers to itself while it waits: it must not move, and it is not `Unpin`.
async fn refers_to_itself(gate: Gate) -> usize {
    let text = [7_u8; 64];
    let half = &text[32..];
    gate.passed().await;
    half.len()
}

/// A waker that counts how often it is woken.
#[derive(Default)]
struct Counter(AtomicUsize);

impl Wake for Counter {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// A child that says when it is dropped, and is pending forever.
async fn pending_with(record: Record) {
    let _watched = Watched::new("child", 0, &record);
    std::future::pending().await
}

#[test]
fn the_output_comes_through() {
    let gate = Gate::default();
    let mut timeout = pin!(Timeout::new(
        refers_to_itself(gate.clone()),
        Gate::default().passed()
    ));
    for _ in 0..3 {
        assert_eq!(poll(timeout.as_mut()), Poll::Pending, "nothing is ready");
    }
    gate.open();
    assert_eq!(poll(timeout.as_mut()), Poll::Ready(Ok(32)));
}

#[test]
fn it_gives_up_when_the_deadline_is_ready() {
    let time = Gate::default();
    let never = refers_to_itself(Gate::default());
    let mut timeout = pin!(Timeout::new(never, time.clone().passed()));
    assert_eq!(poll(timeout.as_mut()), Poll::Pending, "time is not out");
    time.open();
    assert_eq!(
        poll(timeout.as_mut()),
        Poll::Ready(Err(Elapsed)),
        "the deadline is ready: has it been polled?"
    );
}

#[test]
fn the_output_wins_if_both_are_ready_at_once() {
    let (gate, time) = (Gate::default(), Gate::default());
    let inner = refers_to_itself(gate.clone());
    let mut timeout = pin!(Timeout::new(inner, time.clone().passed()));
    assert_eq!(poll(timeout.as_mut()), Poll::Pending);
    time.open();
    gate.open();
    assert_eq!(
        poll(timeout.as_mut()),
        Poll::Ready(Ok(32)),
        "the output is there, and it is lost: poll the child before the deadline"
    );
}

#[test]
fn each_child_can_wake_the_task() {
    for which in ["the child", "the deadline"] {
        let (gate, time) = (Gate::default(), Gate::default());
        let inner = refers_to_itself(gate.clone());
        let mut timeout = pin!(Timeout::new(inner, time.clone().passed()));
        let counter = Arc::new(Counter::default());
        let waker = Waker::from(Arc::clone(&counter));
        let mut cx = Context::from_waker(&waker);
        assert_eq!(timeout.as_mut().poll(&mut cx), Poll::Pending);
        if which == "the child" {
            gate.open();
        } else {
            time.open();
        }
        assert_eq!(
            counter.0.load(Ordering::Relaxed),
            1,
            "{which} is ready, and has no waker of this task: a pending poll has to poll both children"
        );
    }
}

#[test]
fn it_allocates_nothing() {
    // The gates are on the heap, and are made before.
    let (gate, time) = (Gate::default(), Gate::default());
    let count = allocations(|| {
        let inner = refers_to_itself(gate.clone());
        let mut timeout = pin!(Timeout::new(inner, time.clone().passed()));
        assert_eq!(poll(timeout.as_mut()), Poll::Pending);
        gate.open();
        assert_eq!(poll(timeout.as_mut()), Poll::Ready(Ok(32)));
    });
    assert_eq!(
        count, 0,
        "{count} allocations: the children have room in the `Timeout` itself, as structurally pinned fields"
    );
}

/// Whether a type is `Unpin`, asked of a value: the compiler prefers the method below, if its bound holds.
struct Probe<'a, T>(#[allow(dead_code, reason = "only its type matters")] &'a T);

impl<T: Unpin> Probe<'_, T> {
    fn is_unpin(&self) -> bool {
        true
    }
}

trait Otherwise {
    fn is_unpin(&self) -> bool {
        false
    }
}

impl<T> Otherwise for Probe<'_, T> {}

#[test]
fn it_is_unpin_only_if_its_children_are() {
    let may_move = Timeout::new(std::future::ready(1), std::future::ready(()));
    assert!(
        Probe(&may_move).is_unpin(),
        "children that may move are no reason for a `Timeout` that may not"
    );
    let hint = "it may move after its first poll. That is sound if the children are in boxes, but not if they are in \
                fields: has somebody written `impl Unpin`?";
    let inner_must_not = Timeout::new(async { pause().await }, std::future::ready(()));
    assert!(!Probe(&inner_must_not).is_unpin(), "the child: {hint}");
    let deadline_must_not = Timeout::new(std::future::ready(1), async { pause().await });
    assert!(
        !Probe(&deadline_must_not).is_unpin(),
        "the deadline: {hint}"
    );
}

#[test]
fn when_time_is_out_the_child_is_dropped_at_once() {
    let (record, time) = (Record::default(), Gate::default());
    let inner = pending_with(record.clone());
    let mut timeout = pin!(Timeout::new(inner, time.clone().passed()));
    assert_eq!(poll(timeout.as_mut()), Poll::Pending);
    assert_eq!(record.lines().len(), 0, "dropped before time was out");
    time.open();
    assert_eq!(poll(timeout.as_mut()), Poll::Ready(Err(Elapsed)));
    assert_eq!(
        record.lines().len(),
        1,
        "time is out, and the child is still there, with all that it holds: drop it in this poll, where it is"
    );
}

/// All that two watched children say, when the second one is ready after so many polls. The future is dropped after the
/// poll that ends it, or after three polls.
fn watch(inner_pending: u32, deadline_pending: u32) -> Vec<String> {
    let record = Record::default();
    let inner = Watched::new("child", inner_pending, &record);
    let deadline = Watched::new("time", deadline_pending, &record);
    {
        let mut timeout = pin!(Timeout::new(inner, without_output(deadline)));
        for _ in 0..3 {
            if poll(timeout.as_mut()).is_ready() {
                break;
            }
        }
    }
    record.lines()
}

async fn without_output(future: impl Future) {
    future.await;
}

#[test]
fn the_children_are_polled_and_dropped_at_one_address() {
    // The child is first, time is out first, and neither is ready when the timeout is dropped.
    for (inner, deadline) in [(1, 9), (9, 1), (9, 9)] {
        let lines = watch(inner, deadline);
        let drops = lines.iter().filter(|line| line.contains("dropped")).count();
        assert_eq!(drops, 2, "each child is dropped once: {lines:#?}");
        assert!(
            !lines.iter().any(|line| line.contains("false")),
            "a pinned child was moved. `take` and `replace` on the field move it, `Pin::set` drops it where it is: {lines:#?}"
        );
    }
}
