//! mdBook brings the files of its own theme. Those that no page of ours refers to are not published.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use aho_corasick::AhoCorasick;

use crate::{
    diagnostic::Diagnostic,
    source::{display_path, files_below},
};

/// The contents as a page, for the frame in which mdBook's own theme shows them.
const FRAME: &str = "toc.html";

/// Removes the files of `brought`, by their paths in `folder`, that neither a page names nor a file that a page names.
pub(super) fn sweep(folder: &Path, brought: &[PathBuf]) -> Result<(), Diagnostic> {
    let is_page = |path: &Path| {
        path.extension()
            .is_some_and(|extension| extension == "html")
    };
    let files: Vec<&PathBuf> = brought
        .iter()
        .filter(|path| !is_page(path) || *path == Path::new(FRAME))
        .collect();
    let names = files
        .iter()
        .map(|path| path.file_name().unwrap_or_default());
    let names = AhoCorasick::new(names.map(|name| name.as_encoded_bytes()))
        .expect("the names of files are short");
    let mut unseen: Vec<PathBuf> = files_below(folder, Path::new(""))?
        .into_iter()
        .filter(|path| is_page(path) && *path != Path::new(FRAME))
        .collect();
    let mut named = BTreeSet::new();
    while let Some(path) = unseen.pop() {
        let text = fs::read(folder.join(&path))
            .map_err(|error| Diagnostic::io(&display_path(&path), &error))?;
        for found in names.find_overlapping_iter(&text) {
            let at = found.pattern().as_usize();
            if named.insert(at) {
                unseen.push(files[at].clone());
            }
        }
    }
    for (at, path) in files.iter().enumerate() {
        if !named.contains(&at) {
            remove(folder, path).map_err(|error| Diagnostic::io(&display_path(path), &error))?;
        }
    }
    Ok(())
}

/// Removes a file, and the folders that it leaves empty.
fn remove(folder: &Path, path: &Path) -> std::io::Result<()> {
    fs::remove_file(folder.join(path))?;
    for above in path
        .ancestors()
        .skip(1)
        .filter(|above| *above != Path::new(""))
    {
        if fs::remove_dir(folder.join(above)).is_err() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_stays_and_what_that_names_and_what_is_a_page() {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            ("index.html", "<link href=\"css/a-1.css\">"),
            ("old/moved.html", ""),
            ("css/a-1.css", "@import 'b-2.css'"),
            ("css/b-2.css", ""),
            ("fonts/x.woff2", "fonts/y.woff2"),
            ("fonts/y.woff2", ""),
            ("toc.html", "x.woff2"),
            ("picture.svg", ""),
        ];
        for (path, text) in files {
            fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
            fs::write(folder.path().join(path), text).unwrap();
        }
        let brought: Vec<_> = files[..7]
            .iter()
            .map(|(path, _)| PathBuf::from(path))
            .collect();
        sweep(folder.path(), &brought).unwrap();
        let left: Vec<_> = files_below(folder.path(), Path::new("")).unwrap();
        let left: BTreeSet<_> = left.iter().map(|path| display_path(path)).collect();
        let kept = [
            "css/a-1.css",
            "css/b-2.css",
            "index.html",
            "old/moved.html",
            "picture.svg",
        ];
        assert_eq!(left, kept.map(str::to_owned).into());
        assert!(!folder.path().join("fonts").exists());
    }
}
