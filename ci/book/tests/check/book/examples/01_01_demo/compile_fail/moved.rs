// ANCHOR: moved
fn moved(text: String) -> [String; 2] {
    [text, text]
}
// ANCHOR_END: moved
