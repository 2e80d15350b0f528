//! What 1,024 waiting tasks cost, for each version of the session.
//!
//! Without an argument it takes version 1, as it is and inside a wrapper. With the argument `repaired` it takes the
//! other versions. It counts with its own allocator, so it ends by itself and prints the same on every 64-bit machine.

use std::env;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use state_machine::counting::{Counting, in_use};
use state_machine::page::wrappers::{doubled, made};
use state_machine::page::{Renderer, v1_held, v2_scoped, v3_boxed_page, v4_boxed_child};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const TASKS: usize = 1024;

/// Prints one event: who does it, and what it is.
fn record(actor: &str, what: &str) {
    println!("{actor:<9}  {what}");
}

/// A size in whole units, without the fraction: a few bytes more or less do not change what is printed.
fn about(size: usize, (unit, name): (usize, &str)) -> String {
    match size / unit {
        0 => format!("less than 1 {name}"),
        count => format!("{count} {name}"),
    }
}

const KIB: (usize, &str) = (1024, "KiB");
const MIB: (usize, &str) = (1024 * 1024, "MiB");

type Tasks<'a> = Vec<Pin<Box<dyn Future<Output = u32> + 'a>>>;

/// Polls each task once. Returns how many of them are ready.
fn poll_all(tasks: &mut Tasks<'_>) -> usize {
    let mut cx = Context::from_waker(Waker::noop());
    let answers = tasks.iter_mut().map(|task| task.as_mut().poll(&mut cx));
    answers.filter(Poll::is_ready).count()
}

/// Makes the tasks, polls each of them once, and says what they cost while they wait. Then finishes them.
fn measure<'a, F: Future<Output = u32> + 'a>(name: &str, session: impl Fn() -> F) {
    record("main", &format!("takes {name}"));
    let future = session();
    let size = about(size_of_val(&future), KIB);
    record("main", &format!("sees a future of {size}"));
    let on_the_stack = (&raw const future).addr();
    let boxed = Box::new(future);
    assert_ne!((&raw const *boxed).addr(), on_the_stack);
    record(
        "main",
        &format!("moves {size} into a box, to another address"),
    );
    drop(boxed);

    let before = in_use();
    let mut tasks = Tasks::with_capacity(TASKS);
    for _ in 0..TASKS {
        tasks.push(Box::pin(session()));
    }
    assert_eq!(poll_all(&mut tasks), 0, "every task waits");
    let cost = usize::try_from(in_use() - before).expect("tasks give nothing back");
    let cost = about(cost, MIB);
    record(
        "allocator",
        &format!("has given {cost} to {TASKS} tasks that wait"),
    );
    assert_eq!(poll_all(&mut tasks), TASKS, "every task is finished");
}

fn main() {
    let renderer = Renderer::default();
    let renderer = &renderer;
    match env::args().nth(1).as_deref() {
        Some("repaired") => {
            measure("v2_scoped", || v2_scoped::session(renderer));
            measure("v3_boxed_page", || v3_boxed_page::session(renderer));
            measure("v4_boxed_child", || v4_boxed_child::session(renderer));
            measure("v1_held, made inside a wrapper", || {
                made(|| v1_held::session(renderer))
            });
        }
        _ => {
            measure("v1_held", || v1_held::session(renderer));
            measure("v1_held as the argument of a wrapper", || {
                doubled(v1_held::session(renderer))
            });
        }
    }
}
