//! What both ways promise: the same sum, the three moments in their order, and who runs where.

use std::thread;

use futures::channel::oneshot;
use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;
use waiting::{DEFAULT_STACK_KIB, Moment, tasks, threads};

const ORDER: [Moment; 3] = [Moment::Prepared, Moment::AllWait, Moment::AllDone];

#[test]
fn both_add_up_every_number_once() {
    // Few threads: this test must pass where a container allows no more. The others measure, and need thousands.
    for (count, sum) in [(0, 0), (1, 0), (2, 1), (20, 190)] {
        assert_eq!(threads(count, DEFAULT_STACK_KIB, |_| {}).unwrap(), sum);
        assert_eq!(tasks(count, |_| {}), sum);
    }
}

#[test]
fn both_reach_the_three_moments_in_order() {
    let mut reached = Vec::new();
    threads(10, DEFAULT_STACK_KIB, |moment| reached.push(moment)).unwrap();
    assert_eq!(reached, ORDER);
    reached.clear();
    tasks(10, |moment| reached.push(moment));
    assert_eq!(reached, ORDER);
}

#[test]
fn the_caller_is_told_on_its_own_thread() {
    let here = thread::current().id();
    tasks(10, |_| assert_eq!(thread::current().id(), here));
}

#[test]
fn a_stack_that_cannot_exist_is_an_error_and_no_panic() {
    // A quarter of all addresses. No system grants that four times.
    let stack_kib = usize::MAX / 4 / 1024;
    let refused = threads(10, stack_kib, |moment| {
        assert_eq!(moment, Moment::Prepared);
    })
    .expect_err("no such stack");
    let text = format!("refused after {} threads: ", refused.started);
    assert!(refused.started < 4 && refused.to_string().starts_with(&text));
}

#[test]
fn a_waiting_task_can_be_dropped() {
    let (sender, receiver) = oneshot::channel::<u64>();
    let mut pool = LocalPool::new();
    let waiter = async move {
        let _ = receiver.await;
    };
    pool.spawner().spawn_local(waiter).expect("the pool exists");
    pool.run_until_stalled();
    drop(pool);
    assert_eq!(sender.send(1), Err(1), "nobody waits any more");
}
