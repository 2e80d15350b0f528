//! What the compiler says to code that must not compile.

mod compiler;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Whether the component `rust-src` is installed. With it, the compiler adds lines of the library's source.
fn quotes_the_library() -> bool {
    let output = compiler::rustc()
        .arg("--print=sysroot")
        .output()
        .expect("rustc is where cargo is");
    let sysroot = String::from_utf8(output.stdout).expect("the path is UTF-8");
    Path::new(sysroot.trim_end())
        .join("lib/rustlib/src/rust/library")
        .exists()
}

#[test]
fn the_compiler_says_what_the_chapter_shows() {
    if compiler::is_of_the_chapter() && !quotes_the_library() {
        trybuild::TestCases::new().compile_fail("compile_fail/*.rs");
    }
}

/// Cargo's folder for libraries, and those in it that are called `name`: one for each way in which it has been built.
fn built(name: &str) -> (PathBuf, Vec<PathBuf>) {
    let test = env::current_exe().expect("this program has a path");
    let folder = test.parent().expect("a program is in a folder").to_owned();
    let prefix = format!("lib{name}-");
    let files = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            file.starts_with(&prefix) && file.ends_with(".rlib")
        })
        .collect();
    (folder, files)
}

/// What the compiler says to a program that uses these two libraries.
fn says(program: &Path, projection: &Path, pin_project_lite: &Path, folder: &Path) -> String {
    let output = compiler::rustc()
        .args(["--edition=2024", "--emit=metadata", "--out-dir"])
        .arg(env!("CARGO_TARGET_TMPDIR"))
        .arg("-L")
        .arg(format!("dependency={}", folder.display()))
        .arg("--extern")
        .arg(format!("projection={}", projection.display()))
        .arg("--extern")
        .arg(format!("pin_project_lite={}", pin_project_lite.display()))
        .arg(program)
        .output()
        .expect("rustc is where cargo is");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Another compiler may choose other words, but the error has the same code.
#[test]
fn every_compiler_gives_the_same_error_code() {
    let (folder, projections) = built("projection");
    let (_, macros) = built("pin_project_lite");
    for (file, code) in [
        ("impl_drop.rs", "E0119"),
        ("impl_unpin.rs", "E0119"),
        ("no_bound.rs", "E0277"),
        ("no_mut.rs", "E0596"),
        ("packed.rs", "E0793"),
        ("two_impls.rs", "E0119"),
        ("unpin_child.rs", "E0277"),
    ] {
        let program = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("compile_fail")
            .join(file);
        let code = format!("error[{code}]");
        let shown = fs::read_to_string(program.with_extension("stderr"))
            .expect("the message that the chapter shows");
        assert!(shown.contains(&code), "{shown}");
        // Some of the libraries may come from another compiler. With those of this one, the code is the same.
        let answers: Vec<_> = projections
            .iter()
            .flat_map(|projection| macros.iter().map(move |lite| (projection, lite)))
            .map(|(projection, lite)| says(&program, projection, lite, &folder))
            .collect();
        assert!(
            answers.iter().any(|said| said.contains(&code)),
            "{file}: not {code}: {answers:#?}"
        );
    }
}
