//! The command line of `cargo book exercise`.

use std::{path::Path, process::ExitCode, time::Duration};

use clap::Args;

use super::{
    Exercise, State, report,
    task::{self, Task},
    trial::{self, Limits, Version},
    watch::watch,
};
use crate::{
    diagnostic::{Diagnostic, say},
    project::{Edition, Project, SOURCE_EDITION},
    terminal::{self, Format},
};

/// What `cargo book exercise` can be told.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The chapter's number (02_03 or 2.3) or the name of its crate; without one, all exercises are listed
    chapter: Option<String>,
    /// Show the hint
    #[arg(long, group = "instead", requires = "chapter")]
    hint: bool,
    /// Show how the solution differs from your file
    #[arg(long, group = "instead", requires = "chapter")]
    solution: bool,
    /// Begin again; your file is kept under another name
    #[arg(long, group = "instead", requires = "chapter")]
    reset: bool,
    /// Try again whenever you save
    #[arg(long, group = "instead", requires = "chapter")]
    watch: bool,
    /// The language of the task
    #[arg(long, value_name = "TAG", default_value = SOURCE_EDITION)]
    edition: String,
    /// How long one test may run, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = trial::LIMIT.as_secs())]
    limit: u64,
    /// How to write the result
    #[arg(long, value_enum, default_value_t, conflicts_with = "instead")]
    format: Format,
}

/// Runs the command in the book that the current folder is in. It ends with success if the exercise is solved.
///
/// # Errors
///
/// There is no such exercise or edition, or a file can't be read or written, or cargo can't be run.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Vec<Diagnostic>> {
    let project = Project::here()?;
    let edition = edition(&project, &arguments.edition)?;
    let Some(chapter) = &arguments.chapter else {
        return list(&project, arguments).map_err(|finding| vec![finding]);
    };
    let exercise = Exercise::find(&project.root, chapter).map_err(|finding| vec![finding])?;
    let task = Task::read(&project, edition, &exercise.example)?;
    one(&project, &exercise, &task, arguments).map_err(|finding| vec![finding])
}

fn edition<'a>(project: &'a Project, tag: &str) -> Result<&'a Edition, Vec<Diagnostic>> {
    project.edition(tag).ok_or_else(|| {
        let editions = project.editions.iter();
        let tags: Vec<_> = editions.map(|edition| &*edition.tag).collect();
        let finding = Diagnostic::new("no-edition", format!("there is no edition `{tag}`"));
        vec![finding.help(format!("there are {}", tags.join(", ")))]
    })
}

fn list(project: &Project, arguments: &Arguments) -> Result<ExitCode, Diagnostic> {
    let exercises = Exercise::all(&project.root)?;
    let bar = terminal::progress(exercises.len(), "exercises");
    let mut progress = Vec::new();
    for exercise in &exercises {
        progress.push(exercise.progress(project, &arguments.limits(&|| false))?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    terminal::print(match arguments.format {
        Format::Human => report::list(&progress),
        Format::Json => report::list_json(&progress),
    });
    Ok(ExitCode::SUCCESS)
}

fn one(
    project: &Project,
    exercise: &Exercise,
    task: &Task,
    arguments: &Arguments,
) -> Result<ExitCode, Diagnostic> {
    let root = &project.root;
    let text = |text: &str| terminal::print(terminal::markdown(text, terminal::width()) + "\n");
    if arguments.hint {
        task.hints.iter().for_each(|hint| text(hint));
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.solution {
        terminal::print(report::solution(root, exercise)?);
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.reset {
        let kept = exercise.reset(root)?;
        terminal::print(report::reset(exercise, kept.as_deref()));
        return Ok(ExitCode::SUCCESS);
    }
    exercise.begin(root)?;
    let title = task::title(project, &exercise.example);
    if arguments.format == Format::Json {
        let trial = trial::run(
            root,
            exercise,
            Version::Readers,
            &arguments.limits(&|| false),
        )?;
        terminal::print(report::json(exercise, &title, task, &trial));
        return Ok(exit_code(trial.state()));
    }
    terminal::print(report::heading(exercise, &title) + "\n");
    text(&task.text);
    if arguments.watch {
        watch(root, exercise, |cancelled| {
            attempt(root, exercise, &arguments.limits(cancelled))?;
            say("(tries again when you save; Ctrl-C stops)");
            Ok(())
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    attempt(root, exercise, &arguments.limits(&|| false)).map(exit_code)
}

/// Runs the tests and says what they say.
fn attempt(root: &Path, exercise: &Exercise, limits: &Limits<'_>) -> Result<State, Diagnostic> {
    let spinner = terminal::spinner("compiling your file, and running the tests");
    let trial = trial::run(root, exercise, Version::Readers, limits);
    spinner.finish_and_clear();
    let trial = trial?;
    terminal::print(report::trial(exercise, &trial));
    Ok(trial.state())
}

fn exit_code(state: State) -> ExitCode {
    match state {
        State::Solved => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

impl Arguments {
    fn limits<'a>(&self, cancelled: &'a dyn Fn() -> bool) -> Limits<'a> {
        Limits {
            time: Duration::from_secs(self.limit),
            cancelled,
            colours: terminal::has_colours(),
        }
    }
}
