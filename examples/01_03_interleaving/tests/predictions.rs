//! What the chapter claims, computed.

mod common;

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::thread;

use common::run;
use futures::executor::LocalPool;
use futures::future::join_all;
use futures::join;
use futures::task::LocalSpawnExt;
use interleaving::shop::Shop;
use interleaving::{Clock, request, yield_now};

/// The line of a run at which something happens. The first line is 0.
#[track_caller]
fn line(run: &str, actor: &str, what: &str) -> usize {
    run.lines()
        .position(|line| {
            line.split_once("  ")
                .is_some_and(|(a, w)| a == actor && w.trim_start() == what)
        })
        .unwrap_or_else(|| panic!("no line says that {actor} {what}:\n{run}"))
}

/// The sum of the waits against the longest of them.
#[test]
fn one_after_another_takes_six_ticks_and_joined_takes_three() {
    let waits = [3, 1, 2];

    let clock = Clock::new();
    clock.run(async {
        for ticks in waits {
            request(&clock, "one", ticks).await;
        }
    });
    assert_eq!(clock.now(), 6);
    assert_eq!(clock.now(), waits.iter().sum());

    let clock = Clock::new();
    let [a, b, c] = waits;
    clock.run(async {
        join!(
            request(&clock, "a", a),
            request(&clock, "b", b),
            request(&clock, "c", c)
        )
    });
    assert_eq!(clock.now(), 3);
    assert_eq!(Some(clock.now()), waits.into_iter().max());
}

#[test]
fn futures_that_are_made_first_and_awaited_in_turn_take_six_ticks() {
    let (made_first, _) = run(env!("CARGO_BIN_EXE_one_by_one"), Some("made_first"));
    line(&made_first, "main", "ends at tick 6");
    assert!(
        line(&made_first, "weather", "has its answer")
            < line(&made_first, "news", "sends its request")
    );
}

/// The answers come as 1, 2, 3, and the outputs are in the order in which the futures are written.
#[test]
fn join_and_join_all_keep_the_written_order() {
    let clock = Clock::new();
    let ended = RefCell::new(Vec::new());
    let wait = async |ticks| {
        clock.sleep(ticks).await;
        ended.borrow_mut().push(ticks);
        ticks
    };
    assert_eq!(
        clock.run(async { join!(wait(3), wait(1), wait(2)) }),
        (3, 1, 2)
    );
    assert_eq!(ended.take(), [1, 2, 3]);
    assert_eq!(clock.run(join_all([3, 1, 2].map(wait))), [3, 1, 2]);
    assert_eq!(ended.take(), [1, 2, 3]);
    assert_eq!(clock.now(), 6);
}

#[test]
fn the_news_is_two_ticks_late_unless_the_report_yields() {
    let greedy = env!("CARGO_BIN_EXE_greedy");
    for (argument, after, before) in [
        (None, "moves to tick 3", None),
        (Some("check"), "moves to tick 3", None),
        (Some("repaired"), "moves to tick 1", Some("moves to tick 2")),
    ] {
        let (run, _) = run(greedy, argument);
        let answer = line(&run, "news", "has its answer");
        assert!(line(&run, "clock", after) < answer, "{run}");
        if let Some(before) = before {
            assert!(answer < line(&run, "clock", before), "{run}");
        }
    }
}

/// Tasks take turns where joined futures do: at an await that has to wait, and only there.
#[test]
fn tasks_of_a_pool_take_turns_by_the_same_rule() {
    let order = Rc::new(RefCell::new(Vec::new()));
    let mut pool = LocalPool::new();
    for name in ["ada", "bob"] {
        let order = Rc::clone(&order);
        let task = async move {
            for step in 1..=3 {
                order.borrow_mut().push((name, step));
                if step == 1 {
                    // Ready at once: nobody gets a turn.
                    std::future::ready(()).await;
                } else {
                    yield_now().await;
                }
            }
        };
        pool.spawner().spawn_local(task).expect("the pool is there");
    }
    pool.run();
    assert_eq!(
        *order.borrow(),
        [
            ("ada", 1),
            ("ada", 2),
            ("bob", 1),
            ("bob", 2),
            ("ada", 3),
            ("bob", 3)
        ]
    );
}

/// The table: two waits, and two computations.
#[test]
fn waits_of_three_and_two_ticks_can_overlap_but_computations_cannot() {
    fn ticks(work: impl AsyncFnOnce(&Clock)) -> u64 {
        let clock = Clock::new();
        clock.run(work(&clock));
        clock.now()
    }

    let waits_in_turn = ticks(async |clock| {
        clock.sleep(3).await;
        clock.sleep(2).await;
    });
    let waits_joined = ticks(async |clock| {
        join!(clock.sleep(3), clock.sleep(2));
    });
    let computed_in_turn = ticks(async |clock| {
        clock.compute(3);
        clock.compute(2);
    });
    let computed_joined = ticks(async |clock| {
        join!(async { clock.compute(3) }, async { clock.compute(2) });
    });
    assert_eq!([waits_in_turn, waits_joined], [5, 3]);
    assert_eq!([computed_in_turn, computed_joined], [5, 5]);

    // A core of its own for each, so a clock of its own for each.
    let on_its_own_core = |work: fn(&Clock)| {
        thread::spawn(move || {
            let clock = Clock::new();
            work(&clock);
            clock.now()
        })
    };
    let threads = [
        on_its_own_core(|clock| clock.compute(3)),
        on_its_own_core(|clock| clock.compute(2)),
    ];
    let longest = threads
        .map(|t| t.join().expect("no panic"))
        .into_iter()
        .max();
    assert_eq!(longest, Some(3));
}

#[test]
fn two_joined_deposits_lose_one_and_the_repaired_ones_do_not() {
    let program = env!("CARGO_BIN_EXE_lost_update");
    let (broken, code) = run(program, None);
    line(&broken, "main", "has 105, and it should be 125");
    assert_eq!(code, 1);
    let (repaired, code) = run(program, Some("repaired"));
    line(&repaired, "main", "has 125, as it should be");
    assert_eq!(code, 0);
}

/// The broken deposit is right as long as nobody else runs during its await.
#[test]
fn awaited_one_after_another_the_broken_deposits_lose_nothing() {
    let clock = Clock::new();
    let balance = Cell::new(100);
    let deposit = async |amount| {
        let old = balance.get();
        clock.sleep(1).await;
        balance.set(old + amount);
    };
    clock.run(async {
        deposit(20).await;
        deposit(5).await;
    });
    assert_eq!(balance.get(), 125);
    clock.run(async { join!(deposit(20), deposit(5)) });
    assert_eq!(balance.get(), 130, "and joined, one of them is lost");
}

/// A borrow that is kept across an await is no lock: the second one panics.
#[test]
#[expect(
    clippy::await_holding_refcell_ref,
    reason = "the lint is right, and this shows why"
)]
fn a_borrow_that_is_kept_across_an_await_makes_the_other_one_panic() {
    let clock = Clock::new();
    let balance = RefCell::new(100);
    let deposit = async |amount| {
        let mut guard = balance.borrow_mut();
        clock.sleep(1).await;
        *guard += amount;
    };
    let joined = catch_unwind(AssertUnwindSafe(|| {
        clock.run(async { join!(deposit(20), deposit(5)) })
    }));
    let panic = joined.unwrap_err();
    let text = panic.downcast_ref::<String>().expect("a formatted message");
    assert!(
        text.contains("already") && text.contains("borrowed"),
        "{text}"
    );
    assert_eq!(*balance.borrow(), 100, "nobody has written");
}

/// What the exercise's page costs as it is shipped, step by step, and at best. The reader edits that
/// page, so the same questions are asked here.
#[test]
fn the_page_of_the_exercise_takes_13_or_8_or_6_ticks() {
    fn ticks(ask: impl AsyncFnOnce(&Shop<'_>)) -> u64 {
        let clock = Clock::new();
        clock.run(ask(&Shop::new(&clock)));
        clock.now()
    }

    let in_turn = ticks(async |shop| {
        let user = shop.log_in().await;
        let name = shop.name(user).await;
        shop.offer(&name).await;
        for order in shop.orders(user).await {
            shop.price(order).await;
        }
    });
    let step_by_step = ticks(async |shop| {
        let user = shop.log_in().await;
        let (name, orders) = join!(shop.name(user), shop.orders(user));
        let prices = orders.into_iter().map(|order| shop.price(order));
        join!(shop.offer(&name), join_all(prices));
    });
    let chain_by_chain = ticks(async |shop| {
        let user = shop.log_in().await;
        let offer = async { shop.offer(&shop.name(user).await).await };
        let prices = async {
            let orders = shop.orders(user).await;
            join_all(orders.into_iter().map(|order| shop.price(order))).await
        };
        join!(offer, prices);
    });
    assert_eq!([in_turn, step_by_step, chain_by_chain], [13, 8, 6]);
}
