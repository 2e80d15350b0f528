//! Two futures are made in one order and awaited in the other.

use first_program::{Server, UnknownName, record, send};
use futures::executor::block_on;

// ANCHOR: greet
async fn greet(server: &Server) -> Result<(u32, u32), UnknownName> {
    record("greet", "calls send for ada");
    let to_ada = send(server, "ada");
    record("greet", "calls send for bob");
    let to_bob = send(server, "bob");

    record("greet", "awaits the future for bob");
    let bob = to_bob.await?;
    record("greet", "awaits the future for ada");
    let ada = to_ada.await?;
    Ok((ada, bob))
}
// ANCHOR_END: greet

// ANCHOR: main
fn main() -> Result<(), UnknownName> {
    let server = Server::start(&["ada", "bob"]);
    record("main", "calls greet");
    let greeting = greet(&server);
    record("main", "calls block_on");
    let (ada, bob) = block_on(greeting)?;
    record("main", format!("has receipt {ada} for ada, {bob} for bob"));
    server.close();
    Ok(())
}
// ANCHOR_END: main
