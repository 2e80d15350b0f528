//! Writes a module for each Rust block of the English book.

use std::{
    collections::BTreeMap,
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::exit,
};

use book::{
    diagnostic::{Diagnostic, Format, emit},
    project::Project,
    snippet::{RustBlock, Snippets},
};

/// part → chapter → its blocks.
type Blocks = BTreeMap<String, BTreeMap<String, Vec<RustBlock>>>;

fn main() {
    // The benchmark has it look at a generated book.
    println!("cargo::rerun-if-env-changed=BOOK_ROOT");
    let root = env::var_os("BOOK_ROOT").map(PathBuf::from);
    let root = root.unwrap_or_else(|| {
        Path::new(&env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../..")
    });
    println!("cargo::rerun-if-changed={}", root.join("src").display());
    println!(
        "cargo::rerun-if-changed={}",
        root.join("examples").display()
    );
    match blocks(&root) {
        Ok(blocks) => {
            let out = env::var_os("OUT_DIR").expect("cargo sets it for build scripts");
            fs::write(Path::new(&out).join("blocks.rs"), modules(&blocks))
                .expect("OUT_DIR can be written");
        }
        Err(findings) => {
            let _ = emit(&findings, Format::Human);
            exit(1);
        }
    }
}

fn blocks(root: &Path) -> Result<Blocks, Vec<Diagnostic>> {
    let project = Project::load(root)?;
    let snippets = Snippets::new(root);
    let mut blocks = Blocks::new();
    for path in project.source().listed() {
        let Some(source) = project.source().chapter(path) else {
            continue;
        };
        let part = path.parent().and_then(Path::to_str).unwrap_or_default();
        let chapter = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        let found = snippets.rust_blocks(source)?;
        let other = blocks
            .entry(module(part))
            .or_default()
            .insert(module(chapter), found);
        if other.is_some() {
            let message = "another chapter's name differs from this one's in punctuation only";
            return Err(vec![
                Diagnostic::new("same-name", message).in_file(source.path.as_str()),
            ]);
        }
    }
    Ok(blocks)
}

/// A name for a module: a folder's or a file's name, which may begin with a digit.
fn module(name: &str) -> String {
    let word: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    if word.is_empty() {
        "front".to_owned()
    } else {
        format!("ch{word}")
    }
}

/// The blocks of a chapter that differ in more than in which of their lines are hidden, each with the lines of the chapter
/// where it stands: `57_and_80`. Two snippets of one file are the same program, which needs to be compiled only once.
fn programs(blocks: &[RustBlock]) -> Vec<(String, &RustBlock)> {
    let mut programs: Vec<(String, &RustBlock)> = Vec::new();
    for block in blocks {
        let same = programs
            .iter_mut()
            .find(|(_, other)| other.info == block.info && other.program().eq(block.program()));
        match same {
            Some((lines, _)) => *lines += &format!("_and_{}", block.line),
            None => programs.push((block.line.to_string(), block)),
        }
    }
    programs
}

fn modules(blocks: &Blocks) -> String {
    let mut code = String::new();
    for (part, chapters) in blocks {
        let _ = writeln!(code, "/// A part of the book.\npub mod {part} {{");
        for (chapter, blocks) in chapters {
            let _ = writeln!(code, "/// A chapter.\npub mod {chapter} {{");
            for (lines, block) in programs(blocks) {
                // Merged doctests are modules of one crate, in which `crate::` would mean something else.
                let alone = if block.code.contains("crate::") {
                    ",standalone_crate"
                } else {
                    ""
                };
                // Longer than any fence in the code, which must not end this one.
                let longest = block
                    .code
                    .split(|c| c != '`')
                    .map(str::len)
                    .max()
                    .unwrap_or(0);
                let fence = "`".repeat(longest.max(2) + 1);
                let doc = format!("{fence}{}{alone}\n{}{fence}\n", block.info, block.code);
                let _ = writeln!(code, "#[doc = {doc:?}]\npub mod line_{lines} {{}}");
            }
            code.push_str("}\n");
        }
        code.push_str("}\n");
    }
    code
}
