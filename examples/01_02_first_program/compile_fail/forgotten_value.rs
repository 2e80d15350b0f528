fn main() {}

async fn send(to: &str) -> u32 {
    println!("send      sends a message to {to}");
    1
}

// ANCHOR: forgotten_value
async fn greet() -> u32 {
    let receipt: u32 = send("ada");
    receipt
}
// ANCHOR_END: forgotten_value
