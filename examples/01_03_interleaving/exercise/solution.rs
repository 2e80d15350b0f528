//! The same page, in the time of its longest chain of questions.

use futures::future::join_all;
use futures::join;
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
    // Everything else needs the user.
    let user = shop.log_in().await;
    // Two chains. Inside a chain, each question needs the answer before it. Between the chains, no
    // answer is needed, so neither of them waits for a step of the other.
    let (offer, prices) = join!(
        async {
            let name = shop.name(user).await;
            shop.offer(&name).await
        },
        async {
            let orders = shop.orders(user).await;
            prices(shop, &orders).await
        },
    );
    Page { offer, prices }
}

/// Asks for the prices of some orders, however many there are.
pub(crate) async fn prices(shop: &Shop<'_>, orders: &[Order]) -> Vec<u32> {
    join_all(orders.iter().map(|&order| shop.price(order))).await
}
