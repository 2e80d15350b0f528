//! The second of three messages is refused, and `?` leaves the async function.

use first_program::{Server, UnknownName, record, send};
use futures::executor::block_on;

// ANCHOR: greet_all
async fn greet_all(server: &Server, names: &[&str]) -> Result<u32, UnknownName> {
    let mut receipt = 0;
    for name in names {
        receipt = send(server, name).await?;
    }
    Ok(receipt)
}

fn main() {
    let server = Server::start(&["ada", "bob"]);
    match block_on(greet_all(&server, &["ada", "eve", "bob"])) {
        Ok(receipt) => record("main", format!("has receipt {receipt}")),
        Err(error) => record("main", format!("has an error: {error}")),
    }
    server.close();
}
// ANCHOR_END: greet_all
