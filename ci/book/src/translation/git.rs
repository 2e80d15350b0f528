//! What git knows: older versions of the English chapters. Everything here may be missing, and the status needs none of it.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use crate::lock::Blob;

/// The content of a file by its id. `None` in a shallow clone that lacks it, or where there is no git.
pub fn content(root: &Path, blob: &Blob) -> Option<String> {
    git(root, &["cat-file", "blob", blob.as_str()])
}

/// Whether the folder is in a repository, and git can be run.
pub fn is_here(root: &Path) -> bool {
    git(root, &["rev-parse", "--git-dir"]).is_some()
}

/// A file as a revision has it. `None` if there is no such revision or file, or no git.
pub fn at(root: &Path, revision: &str, path: &str) -> Option<String> {
    // An empty name would be the index, and one that begins with a dash an option.
    if revision.is_empty() || revision.starts_with('-') {
        return None;
    }
    git(root, &["show", &format!("{revision}:./{path}")])
}

/// When the last commit was made, in UTC: `2026-11-21T09:30:00Z`.
pub fn last_commit(root: &Path) -> Option<String> {
    let format = "--date=format-local:%Y-%m-%dT%H:%M:%SZ";
    let time = git(root, &["log", "-1", "--format=%cd", format])?;
    Some(time.trim().to_owned())
}

/// A file's versions, the newest first: the day of each (`2026-11-21`), and its content.
pub fn versions<'a>(
    root: &'a Path,
    path: &'a str,
) -> impl Iterator<Item = (String, String)> + use<'a> {
    let log = git(root, &["log", "--format=%h %cs", "--follow", "--", path]).unwrap_or_default();
    let commits: Vec<_> = log
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(commit, day)| (commit.to_owned(), day.to_owned()))
        .collect();
    commits
        .into_iter()
        .filter_map(move |(commit, day)| Some((day, at(root, &commit, path)?)))
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(root)
        // A partial clone shall not fetch: the status works offline.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("TZ", "UTC")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = output.status.success().then_some(output.stdout)?;
    String::from_utf8(text).ok()
}
