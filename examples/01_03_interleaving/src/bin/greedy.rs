//! A request is joined with a report that keeps the thread busy.
//!
//! Without an argument, the report contains no await. With `check`, it contains one that has nothing to
//! wait for. With `repaired`, it lets the others run after each part.

use futures::join;
use interleaving::{Clock, record, request, yield_now};

// ANCHOR: greedy
async fn report(clock: &Clock) {
    for part in 1..=3 {
        clock.compute(1);
        record("report", format!("finishes part {part}"));
    }
}
// ANCHOR_END: greedy

// ANCHOR: check
async fn report_with_check(clock: &Clock) {
    for part in 1..=3 {
        clock.compute(1);
        check(part).await;
    }
}

async fn check(part: u32) {
    record("report", format!("finishes part {part}"));
}
// ANCHOR_END: check

// ANCHOR: repaired
async fn repaired_report(clock: &Clock) {
    for part in 1..=3 {
        clock.compute(1);
        record("report", format!("finishes part {part}"));
        yield_now().await;
    }
}
// ANCHOR_END: repaired

fn main() {
    let clock = Clock::new();
    record("main", "joins a request and a report");
    let news = request(&clock, "news", 1);
    match std::env::args().nth(1).as_deref() {
        None => clock.run(async { join!(news, report(&clock)) }),
        Some("check") => clock.run(async { join!(news, report_with_check(&clock)) }),
        Some("repaired") => clock.run(async { join!(news, repaired_report(&clock)) }),
        Some(other) => panic!("no variant is called {other:?}: use check, repaired, or nothing"),
    };
    record("main", format!("ends at tick {}", clock.now()));
}
