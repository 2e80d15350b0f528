//! The program of the exercise. Predict what it prints before you run it.

use first_program::record;
use futures::executor::block_on;

/// Why a letter is not sent.
struct NoStamp;

fn stamp() -> Result<(), NoStamp> {
    record("stamp", "is missing");
    Err(NoStamp)
}

async fn letter(stamp: Result<(), NoStamp>) -> Result<(), NoStamp> {
    record("letter", "is written");
    stamp?;
    record("letter", "is sent");
    Ok(())
}

fn parcel() -> impl Future<Output = ()> {
    record("parcel", "is packed");
    async { record("parcel", "is sent") }
}

async fn card() {
    record("card", "is sent");
}

async fn call() {
    record("call", "is made");
}

fn main() {
    let card = card();
    let parcel = parcel();
    let letter = letter(stamp());
    let call = call();
    let visit = async {
        record("visit", "begins");
        card.await;
        record("visit", "ends");
    };
    record("main", "has five futures");
    drop(call);
    record("main", "has dropped one of them");
    block_on(async {
        record("block", "begins");
        if letter.await.is_err() {
            record("block", "hears that the letter is not sent");
        }
        parcel.await;
        record("block", "ends");
    });
    block_on(visit);
    record("main", "ends");
}
