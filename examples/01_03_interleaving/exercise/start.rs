//! A page about a user's orders. Its answers are right, and it waits far too long for them.
//!
//! Make it wait no longer than it has to. The tests beside this file count the ticks; do not edit them.
//! `src/shop.rs` says what each answer costs; do not edit it either.
//! Run: `cargo book exercise 01_03`

use interleaving::shop::{Order, Shop};

/// What the page shows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// Something to buy, chosen by the user's name.
    pub(crate) offer: String,
    /// The prices of the user's orders, in the order of the orders.
    pub(crate) prices: Vec<u32>,
}

/// Asks for all that the page shows.
pub(crate) async fn page(shop: &Shop<'_>) -> Page {
    let user = shop.log_in().await;
    let name = shop.name(user).await;
    let offer = shop.offer(&name).await;
    let orders = shop.orders(user).await;
    let prices = prices(shop, &orders).await;
    Page { offer, prices }
}

/// Asks for the prices of some orders, however many there are.
pub(crate) async fn prices(shop: &Shop<'_>, orders: &[Order]) -> Vec<u32> {
    let mut prices = Vec::new();
    for &order in orders {
        prices.push(shop.price(order).await);
    }
    prices
}
