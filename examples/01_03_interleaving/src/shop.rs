//! A shop far away, for the exercise: every question to it takes some ticks.

use std::cell::RefCell;

use super::{Clock, record};

/// Somebody who has logged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct User(u32);

/// The number of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order(pub u32);

/// The shop. It remembers what it was asked.
pub struct Shop<'c> {
    clock: &'c Clock,
    questions: RefCell<Vec<String>>,
}

impl<'c> Shop<'c> {
    /// Opens a shop whose answers take ticks of `clock`.
    pub fn new(clock: &'c Clock) -> Self {
        Self {
            clock,
            questions: RefCell::default(),
        }
    }

    /// Logs in. Takes 2 ticks.
    pub async fn log_in(&self) -> User {
        self.answer("login".to_owned(), 2, User(1)).await
    }

    /// The name of a user. Takes 3 ticks.
    pub async fn name(&self, _user: User) -> String {
        self.answer("name".to_owned(), 3, "Ada".to_owned()).await
    }

    /// What the shop offers to somebody with this name. Takes 1 tick.
    pub async fn offer(&self, name: &str) -> String {
        self.answer("offer".to_owned(), 1, format!("tea for {name}"))
            .await
    }

    /// The orders of a user. Takes 1 tick.
    pub async fn orders(&self, _user: User) -> Vec<Order> {
        self.answer("orders".to_owned(), 1, vec![Order(3), Order(1), Order(2)])
            .await
    }

    /// The price of an order: ten times its number. Takes as many ticks as its number says.
    pub async fn price(&self, order: Order) -> u32 {
        let Order(number) = order;
        self.answer(format!("price {number}"), number.into(), 10 * number)
            .await
    }

    /// What the shop was asked until now, in this order.
    pub fn questions(&self) -> Vec<String> {
        self.questions.borrow().clone()
    }

    async fn answer<T>(&self, question: String, ticks: u64, answer: T) -> T {
        record(&question, "sends its request");
        self.questions.borrow_mut().push(question.clone());
        self.clock.sleep(ticks).await;
        record(&question, "has its answer");
        answer
    }
}
