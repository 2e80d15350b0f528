//! `cargo book`: the command line.

use std::{io, path::PathBuf, process::ExitCode};

use book::{
    comment::command::add_missing,
    diagnostic::{Diagnostic, Format, emit, say},
    exercise::command::{self as exercise, Arguments as Exercise},
    new_chapter::{self, Arguments as NewChapter},
    new_language::{self, Arguments as NewLanguage},
    preprocess::preprocess,
    project::Project,
    record::command::{self as record, Arguments as Record},
    run::run,
    serve::{self, serve},
    site::{Options, Site},
    term::{self, Arguments as Term},
    translation,
};
use clap::{Parser, Subcommand};

/// Builds, serves and checks the book in all its languages.
#[derive(Parser)]
#[command(
    name = "cargo book",
    bin_name = "cargo book",
    version,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build all editions into book/, side by side
    Build {
        /// Build into this folder instead; it must be empty, or hold an older site
        #[arg(short, long, value_name = "FOLDER")]
        dest_dir: Option<PathBuf>,
        /// The address the site will be published at, for links that must be absolute
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
    },
    /// Show the book at http://127.0.0.1, and reload open pages when a file changes
    Serve {
        /// The port to listen at; 0 takes any free one
        #[arg(short, long, default_value_t = 3000)]
        port: u16,
        /// Open the book in a browser
        #[arg(short, long)]
        open: bool,
    },
    /// Look for everything that would break a page, in every edition
    ///
    /// Exits with 0 if there is nothing, with 1 if there is something, and with 2 if it could not look.
    Check {
        /// Also look for comments in the code that an edition shows in English
        #[arg(long)]
        comments: bool,
        /// How to write what is found
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Run a chapter's program
    ///
    /// For example: cargo book run 02_04
    Run {
        /// The chapter's number (02_04 or 2.4) or the name of its crate
        chapter: String,
        /// What to pass on to the program
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// List the exercises, or try one: what to do, in which file, and what is still wrong
    ///
    /// For example: cargo book exercise 02_03. Exits with 0 if the exercise is solved, and with 1 if it is not yet.
    Exercise(Exercise),
    /// Record what an example really does, step by step, and compare it with the recording that is there
    ///
    /// For example: cargo book record 02_04. Exits with 0 if every program does what its recording says.
    #[command(after_long_help = record::LIMITS)]
    Record(Record),
    #[command(flatten)]
    Translation(translation::command::Command),
    /// Show how each language renders a term or a word
    ///
    /// For example: cargo book term waker
    Term(Term),
    /// Begin an edition: its folder, in which everything is still to be translated
    ///
    /// For example: cargo book new-language ja --name 日本語
    NewLanguage(NewLanguage),
    /// Begin a chapter: its text, its crate with an exercise, and their lines in the lists
    ///
    /// For example: cargo book new-chapter 02_execution/08_topic.md "A topic"
    NewChapter(NewChapter),
    /// Add an empty entry to a translation's comments.toml for each comment that it lacks
    ///
    /// For example: cargo book comments ru. What is in the file stays as it is.
    Comments {
        /// The language's tag, the name of its folder in src/
        tag: String,
    },
    /// The preprocessor that mdBook starts by itself, from book.toml
    #[command(hide = true)]
    Preprocess {
        /// `supports RENDERER`, when mdBook asks
        question: Vec<String>,
    },
}

/// Exit code: the book could not be looked at.
const UNREADABLE: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let (result, format) = match cli.command {
        Command::Build { dest_dir, base_url } => (build(dest_dir, base_url), Format::Human),
        Command::Serve { port, open } => (serve_here(port, open), Format::Human),
        Command::Check { comments, format } => (check(comments, format), format),
        Command::Run { chapter, arguments } => (run_chapter(&chapter, &arguments), Format::Human),
        Command::Exercise(arguments) => (exercise::run(&arguments), Format::Human),
        Command::Record(arguments) => (record::run(&arguments), Format::Human),
        Command::Translation(command) => (translation::command::run(&command), Format::Human),
        Command::Term(arguments) => (term::run(&arguments), Format::Human),
        Command::NewLanguage(arguments) => (new_language::run(&arguments), Format::Human),
        Command::NewChapter(arguments) => (new_chapter::run(&arguments), Format::Human),
        Command::Comments { tag } => (comments(&tag), Format::Human),
        Command::Preprocess { question } => (answer_mdbook(&question), Format::Human),
    };
    match result {
        Ok(code) => code,
        Err(findings) => {
            let unreadable = findings.iter().any(Diagnostic::is_unreadable);
            report(&findings, format);
            if unreadable {
                ExitCode::from(UNREADABLE)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

type Outcome = Result<ExitCode, Vec<Diagnostic>>;

fn build(dest: Option<PathBuf>, base_url: Option<String>) -> Outcome {
    let project = Project::here()?;
    let findings = book::check(&project)?;
    if !findings.is_empty() {
        return Err(findings);
    }
    let dest = dest.unwrap_or_else(|| project.root.join("book"));
    let site = Site::new(
        &project,
        Options {
            base_url,
            stable_names: false,
            epubs: true,
        },
    )
    .map_err(|finding| vec![finding])?;
    site.build(&dest)?;
    say(format!(
        "{} editions built: {}",
        project.editions.len(),
        dest.join("index.html").display()
    ));
    Ok(ExitCode::SUCCESS)
}

fn serve_here(port: u16, open: bool) -> Outcome {
    let root = Project::root_here().map_err(|finding| vec![finding])?;
    serve(&root, &serve::Options { port, open })?;
    Ok(ExitCode::SUCCESS)
}

fn check(comments: bool, format: Format) -> Outcome {
    let project = Project::here()?;
    let findings = if comments {
        book::check::check_with_comments(&project)?
    } else {
        book::check(&project)?
    };
    if findings.is_empty() {
        if format == Format::Human {
            let chapters: usize = project
                .editions
                .iter()
                .map(|edition| edition.chapters.len())
                .sum();
            say(format!(
                "{chapters} chapters in {} editions: nothing to mend",
                project.editions.len()
            ));
        } else {
            report(&[], format);
        }
        return Ok(ExitCode::SUCCESS);
    }
    Err(findings)
}

fn run_chapter(chapter: &str, arguments: &[String]) -> Outcome {
    Project::root_here()
        .and_then(|root| run(&root, chapter, arguments))
        .map_err(|finding| vec![finding])
}

fn comments(tag: &str) -> Outcome {
    let project = Project::here()?;
    say(match add_missing(&project, tag)? {
        0 => format!("src/{tag}/comments.toml: nothing is missing"),
        1 => format!("src/{tag}/comments.toml: 1 comment to translate"),
        added => format!("src/{tag}/comments.toml: {added} comments to translate"),
    });
    Ok(ExitCode::SUCCESS)
}

fn answer_mdbook(question: &[String]) -> Outcome {
    // `supports RENDERER`: every renderer gets the same text.
    if question.is_empty() {
        preprocess(io::stdin().lock(), io::stdout().lock())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn report(findings: &[Diagnostic], format: Format) {
    // A closed pipe, as `| head` leaves it, is no reason to complain.
    let _ = emit(findings, format);
    if format == Format::Human && findings.len() > 1 {
        say(format!("{} errors", findings.len()));
    }
}
