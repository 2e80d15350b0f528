//! A recording of a reader's own program: one file, and a page beside it.

use std::{env, fs, path::Path, process::ExitCode, sync::Arc};

use super::{
    command::Started,
    copy::Workspace,
    execute::{End, Limits},
    plan::{Lines, View},
    trace::{self, bad_end},
};
use crate::{
    diagnostic::{Diagnostic, say},
    example::parse_toml,
    figure::figures,
    html::escape,
    project::{Language, SOURCE_EDITION},
    recording::{Event as Shown, Limit, Recording, Step},
    snippet::{LINES, push_shown},
    source::{Place, Source},
    staging, strings, terminal,
};

/// What marks a page as ours, so that no other file is written over.
const GENERATOR: &str = "<meta name=\"generator\" content=\"cargo book record\">";

/// More steps than a page can show.
const MOST_STEPS: usize = 2_000;

/// Records a program, and writes `FILE.html` beside it. Shows it in a browser if `open` says so.
///
/// # Errors
///
/// The file can't be read, is not Rust or does not compile; the page can't be written. And after the page is written: the
/// program panicked, or hung, or did not come to its end within the limits.
pub(super) fn record(
    root: &Path,
    file: &Path,
    open: bool,
    limits: Limits,
) -> Result<ExitCode, Diagnostic> {
    let here = env::current_dir().map_err(|error| Diagnostic::io(".", &error))?;
    let path = here.join(file);
    let folder = path.parent().unwrap_or(&here);
    let source = Source::read(folder, path.file_name().unwrap_or_default())?;
    let page = path.with_extension("html");
    let is_other = |text: Vec<u8>| !String::from_utf8_lossy(&text).contains(GENERATOR);
    if fs::read(&page).is_ok_and(is_other) {
        return Err(Diagnostic::new(
            "not-overwritten",
            "there is a file with the name of the page, and it is no recorded run",
        )
        .in_file(page.display().to_string())
        .help("move it away, or give your program another name"));
    }
    let language = Source::read(
        root,
        Path::new("src").join(SOURCE_EDITION).join(strings::FILE),
    )?;
    let language: Language = parse_toml(&language)?;

    let spinner = terminal::spinner("recording");
    let mut workspace = Workspace::new(root)?;
    workspace.add_file(&source)?;
    workspace.write()?;
    let [original, copy] = workspace.build_file().map_err(|mut finding| {
        finding.message = finding.message.replace(Workspace::FILE, &source.path);
        finding.in_file(&source.path)
    })?;
    let started = Started {
        folder: &here,
        arguments: &[],
        limits,
    };
    let (run, mut events) = started
        .copy(&copy)
        .map_err(|finding| finding.in_file(&source.path))?;
    let changed = started.compare_output(&original, &run, &events).err();
    spinner.finish_and_clear();

    let end = bad_end(&events, run.end).map(|(event, finding)| {
        let line = event.line_in(Workspace::FILE);
        match line.and_then(|line| place(&source, line)) {
            Some(place) => finding.at(place, "this is where it was then"),
            None => finding.in_file(&source.path),
        }
    });
    let file = shown_name(&source);
    for event in &mut events {
        event.rename(Workspace::FILE, &file);
    }
    let view = View {
        program: source.path.clone(),
        lines: vec![Lines {
            file,
            range: 1..=source.text.lines().count(),
            source: Arc::clone(&source),
        }],
        ..View::default()
    };
    let mut recording = trace::recording(events, &view);
    let all = recording.steps.len();
    if all > MOST_STEPS {
        recording.steps.truncate(MOST_STEPS);
        recording.steps.push(Step {
            thread: 0,
            at: None,
            event: Shown::Cut {
                value: Limit::Steps,
            },
            cause: None,
            queue: None,
        });
    }
    let html = html(root, &source, &recording, &language)?;
    let folder = page.parent().unwrap_or(&here);
    staging::write(folder, page.file_name().unwrap_or_default(), &html)
        .map_err(|finding| finding.in_file(page.display().to_string()))?;

    say(format!(
        "{} steps: {}",
        recording.steps.len(),
        page.display()
    ));
    if all > MOST_STEPS {
        say(format!(
            "the program did {all}; the page shows the first ones"
        ));
    }
    if let End::Exit(status) = run.end
        && end.is_none()
        && !status.success()
    {
        say(format!("the program ended with {status}"));
    }
    if let Some(changed) = changed {
        say(format!(
            "{}; the page shows what was recorded",
            changed.message
        ));
    }
    if open && let Err(error) = opener::open(&page) {
        say(format!("no browser could be opened: {error}"));
    }
    match end {
        Some(finding) => Err(finding),
        None => Ok(ExitCode::SUCCESS),
    }
}

/// A line of code, without the spaces around it.
fn place(source: &Arc<Source>, line: usize) -> Option<Place> {
    let lines = source.text.split_inclusive('\n').take(line - 1);
    let start = lines.map(str::len).sum::<usize>();
    let code = source.text[start..].lines().next()?;
    let start = start + code.len() - code.trim_start().len();
    Some(source.place(start..start + code.trim().len()))
}

/// What the page calls the file in the places of steps and lines: a word of a fence.
fn shown_name(source: &Source) -> String {
    source.path.replace([' ', ',', '+', '`'], "_")
}

/// The page: the program, and what it did.
fn html(
    root: &Path,
    source: &Arc<Source>,
    recording: &Recording,
    language: &Language,
) -> Result<String, Diagnostic> {
    let mut code = String::new();
    for line in source.text.lines() {
        push_shown(&mut code, line);
    }
    // A program may have fences in its comments.
    let longest = source
        .text
        .split(|letter| letter != '`')
        .map(str::len)
        .max();
    let mark = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let fences = format!(
        "{mark}rust,no_run,{LINES}{}:1-{}\n{code}{mark}\n\n{mark}recording run\n{}\n{mark}\n",
        shown_name(source),
        source.text.lines().count(),
        serde_json::to_string(recording).expect("a recording is JSON"),
    );
    let figures = figures(&fences, language);
    let theme = |name: &str| {
        Ok(Source::read(root, Path::new("theme").join(name))?
            .text
            .clone())
    };
    let style = theme("book.css")?;
    let player = theme("player.js")?;
    let helpers = helpers(&theme("book.js")?).ok_or_else(|| {
        Diagnostic::new("no-helpers", "what the player needs is not where it was")
            .in_file("theme/book.js")
            .help("`element` and `icon` stand together before a comment: see ci/book/src/record/own.rs")
    })?;
    let title = escape(&source.path);
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{GENERATOR}\n\
         <style>\n{style}{LAYOUT}</style>\n</head>\n<body>\n<main id=\"text\">\n<h1><code>{title}</code></h1>\n{figures}</main>\n\
         <script>\n{helpers}{player}</script>\n</body>\n</html>\n",
        SOURCE_EDITION,
    ))
}

/// This page has no sidebar and no bar.
const LAYOUT: &str =
    "body { display: block } main { max-width: 60rem; margin: 0 auto; padding: 1rem }\n";

/// What the player takes from the script of the book's pages: that this page is written from left to right, and the
/// functions before that script's next comment.
fn helpers(script: &str) -> Option<String> {
    let start = script.find("function element(")?;
    let end = start + script[start..].find("\n// ")?;
    let functions = &script[start..end];
    Some(format!(
        "const root = document.documentElement;\nconst rtl = false;\n{functions}\n"
    ))
}
