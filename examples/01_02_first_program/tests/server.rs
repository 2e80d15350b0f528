//! What the server promises, and what `send` makes of it.

use first_program::{Server, UnknownName, send};
use futures::executor::block_on;

#[test]
fn receipts_are_numbered_in_the_order_of_the_awaits() {
    let server = Server::start(&["ada", "bob"]);
    let (to_ada, to_bob) = (send(&server, "ada"), send(&server, "bob"));
    assert_eq!(block_on(to_bob), Ok(1));
    assert_eq!(block_on(to_ada), Ok(2));
    server.close();
}

#[test]
fn a_future_that_is_dropped_has_sent_nothing() {
    let server = Server::start(&["ada"]);
    drop(send(&server, "ada"));
    // The next message is the first.
    assert_eq!(block_on(send(&server, "ada")), Ok(1));
    server.close();
}

#[test]
fn an_unknown_name_is_an_error_and_uses_no_number() {
    let server = Server::start(&["ada"]);
    let refused = Err(UnknownName("eve".to_owned()));
    assert_eq!(block_on(send(&server, "eve")), refused);
    assert_eq!(block_on(send(&server, "ada")), Ok(1));
    server.close();
}

#[test]
fn an_error_says_who_is_unknown() {
    let error = UnknownName("eve".to_owned());
    assert_eq!(error.to_string(), "nobody is called eve");
}
