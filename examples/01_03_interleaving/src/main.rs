//! Three requests wait at the same time, on one thread.

use futures::join;
use interleaving::{Clock, record, request};

fn main() {
    let clock = Clock::new();
    record("main", "joins three requests");
    // ANCHOR: join
    let (weather, news, mail) = clock.run(async {
        join!(
            request(&clock, "weather", 3),
            request(&clock, "news", 1),
            request(&clock, "mail", 2),
        )
    });
    // ANCHOR_END: join
    record(
        "main",
        format!("has the answers of {weather}, {news} and {mail}"),
    );
    record("main", format!("ends at tick {}", clock.now()));
}
