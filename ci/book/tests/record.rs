//! `cargo book record`: the recordings of the book are what its programs do, and bad programs are told what is wrong.

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use common::BOOK;
use tempfile::TempDir;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn book(root: &Path, arguments: &[&str]) -> Output {
    Command::new(BOOK)
        .arg("record")
        .args(arguments)
        .current_dir(root)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let streams = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    streams.concat()
}

#[test]
fn every_program_of_the_book_does_what_its_recording_says() {
    let output = book(&root(), &["--format", "json"]);
    assert!(output.status.success(), "{}", said(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let rows = json["recordings"].as_array().unwrap();
    assert!(rows.len() >= 13, "{json}");
    for row in rows {
        assert_eq!(row["verdict"], "same", "{row}");
    }
}

/// A book with one example: the crate of chapter 2.5, which needs nothing but std.
fn small_book() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = root();
    let copy = |path: &str| {
        let to = folder.path().join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from.join(path), to).unwrap();
    };
    fs::create_dir_all(folder.path().join("src/en")).unwrap();
    for path in ["book.toml", "Cargo.lock", "rust-toolchain.toml"] {
        copy(path);
    }
    let examples = ["02_05_block_on", "02_03_timer"].map(|name| Path::new("examples").join(name));
    let recorder = PathBuf::from("ci/recorder");
    for path in examples.iter().chain([&recorder]) {
        copy(path.join("Cargo.toml").to_str().unwrap());
        let source = path.join("src");
        let files = walk(&from.join(&source));
        assert!(!files.is_empty());
        for file in files {
            copy(file.strip_prefix(&from).unwrap().to_str().unwrap());
        }
    }
    for name in ["stray_v1.toml", "stray_v1.json"] {
        copy(examples[0].join("recordings").join(name).to_str().unwrap());
    }
    let manifest = fs::read_to_string(from.join("Cargo.toml")).unwrap();
    let members = manifest
        .lines()
        .find(|line| line.starts_with("members"))
        .unwrap();
    let manifest = manifest.replace(members, "members = [\"examples/*\", \"ci/recorder\"]");
    let manifest = manifest.split("[profile.dev.package.book]").next().unwrap();
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    // Neither their tests nor what these need.
    for package in examples.iter().chain([&recorder]) {
        let path = folder.path().join(package).join("Cargo.toml");
        let mut manifest: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        for part in ["dev-dependencies", "test", "target"] {
            manifest.remove(part);
        }
        fs::write(&path, manifest.to_string()).unwrap();
    }
    folder
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                walk(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn a_program_that_does_something_else_is_shown_with_the_difference_and_can_be_blessed() {
    let book_of_one = small_book();
    let root = book_of_one.path();
    let recording = root.join("examples/02_05_block_on/recordings/stray_v1.json");
    let before = fs::read_to_string(&recording).unwrap();
    let source = root.join("examples/02_05_block_on/src/v1_park.rs");
    let code = fs::read_to_string(&source).unwrap();
    let unpark = "self.thread.unpark();";
    let changed = code.replace(unpark, &[unpark, unpark].concat());
    assert_ne!(code, changed);

    let output = book(root, &["2.5"]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(
        said(&output),
        "examples/02_05_block_on/recordings/stray_v1.json  28 steps  the same\n"
    );

    // The second one changes nothing that is printed.
    fs::write(&source, changed).unwrap();
    let output = book(root, &["2.5"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let text = said(&output);
    assert!(text.contains("error[changed-recording]"), "{text}");
    let unpark = "+ thread stranger: \"at\":\"examples/02_05_block_on/src/bin/stray.rs:";
    assert!(text.contains(unpark), "{text}");
    assert!(text.contains("cargo book record 02_05 --bless"), "{text}");
    assert_eq!(fs::read_to_string(&recording).unwrap(), before);

    let output = book(root, &["2.5", "--bless"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("replaced"), "{}", said(&output));
    let after = fs::read_to_string(&recording).unwrap();
    assert_ne!(after, before);
    let output = book(root, &["2.5"]);
    assert!(said(&output).contains("the same"), "{}", said(&output));
    assert_eq!(fs::read_to_string(&recording).unwrap(), after);
}

#[test]
fn a_hundred_recordings_of_racing_threads_are_the_same_bytes() {
    let output = book(&root(), &["2.5"]);
    assert!(output.status.success(), "{}", said(&output));
    let copy = root().join("target/recordings/target/debug/stray");
    let folder = tempfile::tempdir().unwrap();
    let traces: Vec<_> = (0..100)
        .map(|number| {
            let trace = folder.path().join(number.to_string());
            let mut copy = Command::new(&copy);
            let output = copy.arg("1").env("RECORDING", &trace).output().unwrap();
            assert!(output.status.success());
            fs::read(&trace).unwrap()
        })
        .collect();
    assert!(traces[0].len() > 1000);
    assert!(traces.iter().all(|trace| *trace == traces[0]));
}

/// What the tool says of a program, how it ends, and the page.
fn own(code: impl AsRef<[u8]>, more: &[&str]) -> (Option<i32>, String, Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("my.rs");
    fs::write(&program, code).unwrap();
    let output = book(
        &root(),
        &[&["--file", program.to_str().unwrap()], more].concat(),
    );
    let page = fs::read_to_string(folder.path().join("my.html")).ok();
    (output.status.code(), said(&output), page)
}

#[test]
fn a_page_of_a_readers_own_program_has_the_code_and_the_run() {
    let (code, said, page) = own(
        "fn main() {\n    let thread = std::thread::spawn(|| println!(\"<there>\"));\n    thread.join().unwrap();\n}\n",
        &[],
    );
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("steps: "), "{said}");
    let page = page.unwrap();
    assert!(page.contains("data-lines=\"my.rs:1-4\""));
    assert!(page.contains("Thread main starts thread 1."));
    assert!(page.contains("&lt;there&gt;"));
    assert!(!page.contains("src="), "everything is in the page");
}

#[test]
fn a_program_that_comes_to_a_bad_end_is_told_why_and_shown_up_to_there() {
    let deadlock = "use std::sync::Mutex;\nfn main() {\n    let lock = Mutex::new(0);\n    let _held = lock.lock();\n    drop(lock.lock());\n}\n";
    for (program, more, rule, last) in [
        (deadlock, &[][..], "deadlock", "deadlock"),
        (
            "fn main() { panic!(\"no tea\"); }\n",
            &[],
            "panic",
            "panic! no tea",
        ),
        (
            "fn main() {\n    loop {\n        std::hint::black_box(());\n    }\n}\n",
            &["--limit", "1"],
            "too-long",
            "…",
        ),
        (
            "fn main() {\n    for _ in 0..100 {\n        println!(\"{}\", \"x\".repeat(100_000));\n    }\n}\n",
            &[],
            "too-much-output",
            "…",
        ),
        (
            "fn main() {\n    for _ in 0..30_000 {\n        std::hint::black_box(());\n    }\n}\n",
            &[],
            "too-many-steps",
            "…",
        ),
    ] {
        let (code, said, page) = own(program, more);
        assert_eq!(code, Some(1), "{rule}: {said}");
        assert!(said.contains(&format!("error[{rule}]")), "{rule}: {said}");
        assert!(said.contains("my.rs"), "{rule}: {said}");
        let page = page.unwrap();
        assert!(
            page.contains(&format!(">{last}</text>")),
            "{rule}: {}",
            page.len()
        );
    }
}

#[test]
fn a_program_that_is_none_gets_no_page() {
    for (program, expected) in [
        (
            &b"fn main() { let = 1; }\n"[..],
            &["error[unparsable]", "my.rs:1:17"][..],
        ),
        (
            b"fn main() { nothing(); }\n",
            &[
                "error[unrecordable]",
                "does not compile",
                "cannot find function `nothing`",
            ],
        ),
        (b"fn main() { \xff }\n", &["error[not-utf8]", "my.rs"]),
        (b"", &["error[unrecordable]", "`main` function not found"]),
    ] {
        let (code, said, page) = own(program, &[]);
        assert_ne!(code, Some(0), "{said}");
        for expected in expected {
            assert!(said.contains(expected), "{expected}: {said}");
        }
        assert_eq!(page, None);
    }
}

#[test]
fn a_page_is_not_written_over_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("my.rs");
    fs::write(&program, "fn main() {}\n").unwrap();
    let page = folder.path().join("my.html");
    fs::write(&page, "mine").unwrap();
    let output = book(&root(), &["--file", program.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("error[not-overwritten]"),
        "{}",
        said(&output)
    );
    assert_eq!(fs::read_to_string(page).unwrap(), "mine");
}

#[test]
fn a_plan_that_cannot_be_followed_is_pointed_at() {
    let book_of_one = small_book();
    let root = book_of_one.path();
    let path = root.join("examples/02_05_block_on/recordings/stray_v1.toml");
    let plan = fs::read_to_string(&path).unwrap();
    for (from, to, expected) in [
        (
            "program = \"stray\"",
            "program = \"strange\"",
            "this crate has no such program",
        ),
        (
            "src/v1_park.rs:block_on\",",
            "src/v1_park.rs:block\",",
            "this file has no such anchor",
        ),
        ("\"lock\"", "\"look\"", "there is no such event"),
        ("hide =", "hides =", "unknown field `hides`"),
        (
            "program =",
            "ends = \"panic\"\nprogram =",
            "the program does not end in a panic",
        ),
    ] {
        let changed = plan.replacen(from, to, 1);
        assert_ne!(changed, plan, "{from}");
        fs::write(&path, changed).unwrap();
        let output = book(root, &["2.5"]);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(
            said(&output).contains(expected),
            "{expected}: {}",
            said(&output)
        );
        assert!(said(&output).contains("stray_v1.toml"), "{}", said(&output));
    }
}
