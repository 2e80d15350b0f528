//! Three requests, each of them awaited before the next one begins.
//!
//! With the argument `made_first`, the three futures are made before the first of them is awaited.

use interleaving::{Clock, record, request};

// ANCHOR: one_by_one
async fn one_by_one(clock: &Clock) -> [&str; 3] {
    let weather = request(clock, "weather", 3).await;
    let news = request(clock, "news", 1).await;
    let mail = request(clock, "mail", 2).await;
    [weather, news, mail]
}
// ANCHOR_END: one_by_one

// ANCHOR: made_first
async fn made_first(clock: &Clock) -> [&str; 3] {
    let weather = request(clock, "weather", 3);
    let news = request(clock, "news", 1);
    let mail = request(clock, "mail", 2);
    [weather.await, news.await, mail.await]
}
// ANCHOR_END: made_first

fn main() {
    let clock = Clock::new();
    record("main", "awaits one request after another");
    let [weather, news, mail] = match std::env::args().nth(1).as_deref() {
        None => clock.run(one_by_one(&clock)),
        Some("made_first") => clock.run(made_first(&clock)),
        Some(other) => panic!("no variant is called {other:?}: use made_first, or nothing"),
    };
    record(
        "main",
        format!("has the answers of {weather}, {news} and {mail}"),
    );
    record("main", format!("ends at tick {}", clock.now()));
}
