//! What the page must show, and how many ticks it may take. When a test fails, the lines under its
//! "stdout" are the recorded run.

use interleaving::Clock;
use interleaving::shop::{Order, Shop};

use crate::exercise::{Page, page, prices};

#[test]
fn the_page_is_right() {
    let clock = Clock::new();
    let shop = Shop::new(&clock);
    let expected = Page {
        offer: "tea for Ada".to_owned(),
        prices: vec![30, 10, 20],
    };
    assert_eq!(
        clock.run(page(&shop)),
        expected,
        "left: what your page shows. The prices are in the order of the orders, not in the order in \
         which the answers come"
    );
}

#[test]
fn each_question_is_asked_once_and_the_login_first() {
    let clock = Clock::new();
    let shop = Shop::new(&clock);
    clock.run(page(&shop));
    let mut questions = shop.questions();
    assert_eq!(questions[0], "login", "{questions:?}");
    questions.sort();
    assert_eq!(
        questions,
        [
            "login", "name", "offer", "orders", "price 1", "price 2", "price 3"
        ],
        "left: what the shop was asked, sorted"
    );
}

#[test]
fn the_prices_wait_for_the_slowest_of_them_only() {
    let clock = Clock::new();
    let shop = Shop::new(&clock);
    let orders = [2, 4, 1].map(Order);
    assert_eq!(clock.run(prices(&shop, &orders)), [20, 40, 10]);
    assert_eq!(
        clock.now(),
        4,
        "left: the ticks that `prices` took. The slowest answer takes 4 ticks, and no price needs \
         another one"
    );
}

#[test]
fn any_number_of_prices() {
    for count in [0, 1, 5] {
        let clock = Clock::new();
        let shop = Shop::new(&clock);
        let orders: Vec<Order> = (1..=count).map(Order).collect();
        let expected: Vec<u32> = (1..=count).map(|number| 10 * number).collect();
        assert_eq!(clock.run(prices(&shop, &orders)), expected);
        assert_eq!(
            clock.now(),
            u64::from(count),
            "left: the ticks that the prices of {count} orders took"
        );
    }
}

#[test]
fn the_page_waits_for_its_longest_chain_only() {
    let clock = Clock::new();
    let shop = Shop::new(&clock);
    clock.run(page(&shop));
    let ticks = clock.now();
    assert!(
        ticks <= 6,
        "the page took {ticks} ticks, and 6 are enough. Look at the run for a request that is sent \
         later than it could be: which answers does it need?"
    );
    assert_eq!(ticks, 6, "login, then name, then offer: 2 + 3 + 1 ticks");
}
