//! Benchmarks of the book's tool against stock mdBook, in one run, as ratios, with the peak memory beside each.
//!
//! Everything is measured warm: what has to be compiled is compiled before the clock starts. A time is the median of
//! several runs. Both sides are started as a reader starts them: `cargo book …` and `cargo test` through cargo in the dev
//! profile, `mdbook` as it is installed, with the book's preprocessor that it starts through cargo.

use std::{
    env, fs,
    path::Path,
    process::{Command, exit},
    time::Duration,
};

mod generate;
mod measure;
mod reload;
mod translations;

use generate::Generated;
use measure::{Cost, cost_of, median};

/// How often each command is measured.
const RUNS: usize = 5;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the crate is in the repository");
    if Command::new("mdbook").arg("--version").output().is_err() {
        eprintln!("mdbook was not found: cargo install mdbook --version 0.5.4 --locked");
        exit(1);
    }
    let only = env::args().nth(1);
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);

    if wanted("blocks") {
        heading("testing all code blocks", "cargo test --doc", "mdbook test");
        let count = count_blocks(&root);
        compare(
            &format!("the book as it is, {count} blocks"),
            || doctests(&root, &root),
            || mdbook(&root, &["test"]),
        );
        let generated = Generated::blocks(&root, 180);
        let folder = generated.folder();
        compare(
            "a generated book, 180 blocks",
            || doctests(&root, folder),
            || mdbook(folder, &["test"]),
        );
    }
    if wanted("build") {
        heading(
            "building five editions",
            "cargo book build",
            "5 × mdbook build",
        );
        let out = tempfile::tempdir().expect("a temporary folder");
        let site = out.path().join("site");
        let ours = || cost_of(cargo_book(&root, &["build", "--dest-dir", path(&site)]));
        compare("the book as it is", ours, || {
            stock_builds(&root, out.path())
        });
        let generated = Generated::book(&root, 50, 5);
        let folder = generated.folder();
        let ours = || cost_of(cargo_book(folder, &["build", "--dest-dir", path(&site)]));
        compare("a generated book, 50 chapters each", ours, || {
            stock_builds(folder, out.path())
        });
    }
    if wanted("translations") {
        println!("\nstatus and check, for one chapter in one edition");
        let real = translations::measure(&root);
        let generated = Generated::book(&root, 100, 30);
        let large = translations::measure(generated.folder());
        let told = |what: &str, of: translations::PerChapter| {
            println!(
                "  {what:<36} status {:>7.0} µs, check {:>7.0} µs",
                of.status.as_secs_f64() * 1e6,
                of.check.as_secs_f64() * 1e6
            );
        };
        told("the book as it is", real);
        told("100 chapters in 30 editions", large);
        println!(
            "  ratio{:>37.2} × {:>14.2} ×",
            large.status.as_secs_f64() / real.status.as_secs_f64(),
            large.check.as_secs_f64() / real.check.as_secs_f64()
        );
    }
    if wanted("reload") {
        println!("\nfrom saving a chapter to the reload of its page");
        let small = reload_in(&root, 50, 5);
        let large = reload_in(&root, 100, 30);
        let more = large.total.as_secs_f64() - small.total.as_secs_f64();
        println!(
            "  the larger book takes {:+.0} ms, {:.2} × one chapter's own work",
            more * 1e3,
            more / small.own.as_secs_f64()
        );
    }
}

fn heading(what: &str, ours: &str, theirs: &str) {
    println!("\n{what}\n  {:<36} {ours:>22} {theirs:>22}    ratio", "");
}

/// Measures both sides in turn, so that what else the machine does disturbs both.
fn compare(what: &str, ours: impl Fn() -> Cost, theirs: impl Fn() -> Cost) {
    ours();
    theirs();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        left.push(ours());
        right.push(theirs());
    }
    let (left, right) = (median(&left), median(&right));
    let ratio = right.time.as_secs_f64() / left.time.as_secs_f64();
    println!(
        "  {what:<36} {:>22} {:>22} {ratio:>6.1} ×",
        left.to_string(),
        right.to_string()
    );
}

fn reload_in(root: &Path, chapters: usize, editions: usize) -> reload::Reload {
    let generated = Generated::book(root, chapters, editions);
    let measured = reload::measure(root, generated.folder());
    println!(
        "  {chapters} chapters in {editions} editions: {:.0} ms, of these {:.0} ms for the chapter's own work; peak {} MB",
        millis(measured.total),
        millis(measured.own),
        measured.peak_kib / 1024,
    );
    measured
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The doctest crate of the repository at `root`, with the blocks of the book at `book`.
fn doctests(root: &Path, book: &Path) -> Cost {
    let mut command = Command::new("cargo");
    command
        .args(["test", "--quiet", "--package", "doctests", "--doc"])
        .env("BOOK_ROOT", book)
        .current_dir(root);
    cost_of(command)
}

fn mdbook(root: &Path, arguments: &[&str]) -> Cost {
    let mut command = Command::new("mdbook");
    command.args(arguments).current_dir(root);
    cost_of(command)
}

/// Each edition by a stock build, one after the other: what a script around mdBook does.
fn stock_builds(root: &Path, out: &Path) -> Cost {
    let mut tags: Vec<String> = fs::read_dir(root.join("src"))
        .expect("the book has editions")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    tags.sort();
    let costs = tags.iter().map(|tag| {
        let mut command = Command::new("mdbook");
        command
            .args(["build", "--dest-dir", path(&out.join("stock").join(tag))])
            .env("MDBOOK_BOOK__SRC", format!("src/{tag}"))
            .env("MDBOOK_BOOK__LANGUAGE", tag)
            .current_dir(root);
        cost_of(command)
    });
    costs.fold(Cost::default(), Cost::then)
}

/// `cargo book ARGUMENTS` of the repository at `root`, which may be a generated one.
fn cargo_book(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.arg("book").args(arguments).current_dir(root);
    command
}

/// How many blocks `mdbook test` and the doctest crate look at: the fences of the English chapters.
fn count_blocks(root: &Path) -> usize {
    let mut folders = vec![root.join("src/en")];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)
            .expect("the chapters can be read")
            .filter_map(Result::ok)
        {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if let Ok(text) = fs::read_to_string(entry.path()) {
                count += text
                    .lines()
                    .filter(|line| line.starts_with("```rust"))
                    .count();
            }
        }
    }
    count
}

fn path(path: &Path) -> &str {
    path.to_str().expect("temporary folders have UTF-8 names")
}
