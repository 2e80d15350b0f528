//! Version 1: the compiler writes the future.

use state_machine::stage::Client;

// ANCHOR: answer
/// Receives a line, piece by piece, and replies with its length. `None` if the client hangs up before.
pub async fn answer(client: Client) -> Option<usize> {
    let mut line = client.line();
    while !line.is_complete() {
        let piece = client.receive().await?;
        line.push(&piece);
    }
    let length = line.len();
    client.reply(length).await;
    Some(length)
}
// ANCHOR_END: answer
