//! A recording of a reader's own program: one file, and a page beside it.

use std::{env, fs, path::Path, process::ExitCode, sync::Arc};

use super::{
    command::{Started, line_of},
    copy::Workspace,
    execute::Limits,
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
    source::Source,
    strings, terminal,
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
    let [copy, original] = workspace.add_file(&source)?;
    workspace.write()?;
    // The original first: what the compiler says of it has no probes in it.
    let original = workspace.build(original, original)?;
    let copy = workspace.build(copy, copy)?;
    let started = Started {
        folder: &here,
        arguments: &[],
        limits,
    };
    let (run, mut events) = started.copy(&copy)?;
    let changed = started.compare_output(&original, &run, &events).err();
    spinner.finish_and_clear();

    let end = bad_end(&events).map(|finding| finding.in_file(&source.path));
    for event in &mut events {
        event.rename(Workspace::FILE, &source.path);
    }
    let view = View {
        program: source.path.clone(),
        lines: vec![Lines {
            file: source.path.clone(),
            range: 1..=source.text.lines().count(),
        }],
        ..View::default()
    };
    let mut recording = trace::recording(events, &view, |_file, line| line_of(&source, line));
    if recording.steps.len() > MOST_STEPS {
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
    fs::write(&page, html).map_err(|error| Diagnostic::io(&page.display().to_string(), &error))?;

    say(format!(
        "{} steps: {}",
        recording.steps.len(),
        page.display()
    ));
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
    let fences = format!(
        "``````rust,no_run,{LINES}{}:1-{}\n{code}``````\n\n``````recording run\n{}\n``````\n",
        source.path.replace([' ', ','], "_"),
        source.text.lines().count(),
        serde_json::to_string(recording).expect("a recording is JSON"),
    );
    let figures = figures(&fences, language);
    let theme = |name: &str| {
        Ok(Source::read(root, Path::new("theme").join(name))?
            .text
            .clone())
    };
    let (style, player): (String, String) = (theme("book.css")?, theme("player.js")?);
    let title = escape(&source.path);
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{GENERATOR}\n\
         <style>\n{style}{LAYOUT}</style>\n</head>\n<body>\n<main id=\"text\">\n<h1><code>{title}</code></h1>\n{figures}</main>\n\
         <script>\n{HELPERS}{player}</script>\n</body>\n</html>\n",
        SOURCE_EDITION,
    ))
}

/// This page has no sidebar and no bar.
const LAYOUT: &str =
    "body { display: block } main { max-width: 60rem; margin: 0 auto; padding: 1rem }\n";

/// What the player takes from the script of the book's pages, which this page has not.
const HELPERS: &str = r#"const root = document.documentElement;
const rtl = false;
const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const icon = (path) => {
  const holder = element("span");
  holder.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
  return holder.firstChild;
};
"#;
