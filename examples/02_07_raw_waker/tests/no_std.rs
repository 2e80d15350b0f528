//! The first version names nothing outside `core`: it compiles as a crate without `std`.

mod compiler;

use std::fs;
use std::path::Path;

#[test]
fn the_static_waker_compiles_without_std() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("no_std_waker.rs");
    let version = include_str!("../src/v1_static.rs");
    fs::write(&file, format!("#![no_std]\n{version}")).expect("the folder is there for such files");
    let output = compiler::rustc()
        .args([
            "--edition=2024",
            "--crate-type=lib",
            "--emit=metadata",
            "--out-dir",
        ])
        .arg(folder)
        .arg(&file)
        .output()
        .expect("rustc is where cargo is");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{message}");
}
