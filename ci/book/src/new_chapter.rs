//! `cargo book new-chapter`: a chapter that passes all checks, and in which everything is still to be written.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Arc, LazyLock},
};

use clap::Args;
use regex::Regex;
use toml_edit::{InlineTable, Item};

use crate::{
    chapter::structure,
    diagnostic::Diagnostic,
    example::{DOCTESTS, EXAMPLES, Example, parse_document},
    project::{Edition, Entry, Project, contents, number},
    source::{Source, display_path},
    staging::Staging,
    terminal::{self, STRONG, styled},
};

mod scaffold;
mod summary;

/// What `cargo book new-chapter` can be told.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The chapter's file in src/en: 02_execution/08_topic.md
    path: String,
    /// Its title
    title: String,
    /// The name of its crate's package; without it, the chapter's topic
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
    /// The title of its part, where the part is new
    #[arg(long, value_name = "TITLE")]
    part: Option<String>,
}

/// What is to be made.
#[derive(Debug)]
struct Plan {
    /// The chapter's path in an edition's folder.
    path: PathBuf,
    /// The part's number, and the chapter's.
    numbers: [u32; 2],
    /// What the file is called behind its number.
    topic: String,
    title: String,
    package: String,
    /// The title of the part, if it is new.
    part: Option<String>,
}

/// A chapter's path in an edition: a part and a chapter, each a number and a name.
pub(crate) static PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\d\d_[a-z][a-z0-9]*(?:_[a-z0-9]+)*/\d\d_([a-z][a-z0-9]*(?:_[a-z0-9]+)*)\.md$")
        .expect("a valid pattern")
});

static PACKAGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$").expect("a valid pattern"));

/// What no package can be called: Rust's keywords, the crates that come with it, and the folders that cargo uses.
const RESERVED: &str = "abstract as async await become box break const continue crate do dyn else enum extern false final \
    fn for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true \
    try type typeof unsafe unsized use virtual where while yield \
    alloc core proc_macro std test \
    build deps examples incremental";

impl Plan {
    /// The number as the example's folder has it: `02_08`.
    fn number(&self) -> String {
        let [part, chapter] = self.numbers;
        format!("{part:02}_{chapter:02}")
    }

    /// The number as a reader says it: `2.8`.
    fn dotted(&self) -> String {
        let [part, chapter] = self.numbers;
        format!("{part}.{chapter}")
    }

    /// The name of the example's folder.
    fn example(&self) -> String {
        format!("{}_{}", self.number(), self.topic)
    }
}

/// Makes the chapter, in the book that the current folder is in, and says what was made.
///
/// # Errors
///
/// A name or a number is no good, or is taken, or a file can't be read or written. Then nothing is made.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Vec<Diagnostic>> {
    let project = Project::here()?;
    let plan = plan(&project, arguments).map_err(|finding| vec![finding])?;
    make(&project, &plan).map_err(|finding| vec![finding])?;
    terminal::print(report(&project, &plan));
    Ok(ExitCode::SUCCESS)
}

fn plan(project: &Project, arguments: &Arguments) -> Result<Plan, Diagnostic> {
    let english = project.source();
    let folder = format!("{}/", display_path(&english.folder()));
    let path = arguments
        .path
        .strip_prefix(&folder)
        .unwrap_or(&arguments.path);
    let bad_path = || {
        Diagnostic::new("bad-name", format!("`{path}` is not a chapter's file"))
            .help("name the part's folder and the file by numbers and words in snake case: `02_execution/08_topic.md`")
    };
    let topic = PATH.captures(path).ok_or_else(bad_path)?[1].to_owned();
    let path = PathBuf::from(path);
    let numbers = number(&path).ok_or_else(bad_path)?;
    let mut plan = Plan {
        package: arguments.package.clone().unwrap_or_else(|| topic.clone()),
        title: arguments.title.trim().to_owned(),
        part: arguments.part.as_ref().map(|part| part.trim().to_owned()),
        path,
        numbers,
        topic,
    };
    free_number(english, &plan)?;
    plan.part = new_part(english, &plan)?;
    free_package(project, &plan)?;
    Ok(plan)
}

/// No chapter and no example has the number.
fn free_number(english: &Edition, plan: &Plan) -> Result<(), Diagnostic> {
    let taken = |by: &Path| {
        let by = display_path(by);
        Diagnostic::new("number-taken", format!("chapter {} is `{by}`", plan.dotted()))
            .help("take the next free number: those of chapters never change, because addresses are made of them")
    };
    let mut chapters = english.chapters.keys();
    match chapters.find(|path| number(path) == Some(plan.numbers)) {
        Some(path) => Err(taken(&english.folder().join(path))),
        None => Ok(()),
    }
}

/// The title of the part if it is new: then it must be given, and no other part may have its number.
fn new_part(english: &Edition, plan: &Plan) -> Result<Option<String>, Diagnostic> {
    let folder = plan.path.parent().unwrap_or(Path::new(""));
    let shown = display_path(&english.folder().join(folder));
    let is_in = |path: &&Path| path.parent() == Some(folder);
    let has_number = |path: &&Path| number(path).is_some_and(|[part, _]| part == plan.numbers[0]);
    match (english.listed().find(is_in), &plan.part) {
        (Some(path), Some(title)) if english.part_of(path) != Some(title) => Err(Diagnostic::new(
            "part-exists",
            format!("the part `{shown}` is there already, with another title"),
        )
        .help("leave out `--part`: it names a new part")),
        (Some(_), _) => Ok(None),
        (None, title) => match (english.listed().find(has_number), title) {
            (Some(other), _) => {
                let other = display_path(other.parent().unwrap_or(Path::new("")));
                Err(Diagnostic::new(
                    "number-taken",
                    format!("part {} is `{other}`", plan.numbers[0]),
                )
                .help("write the part's folder as it is, or take another number"))
            }
            (None, None) => Err(
                Diagnostic::new("no-part", format!("no chapter is in `{shown}`"))
                    .help("if the part is new, give its title: `--part \"Title\"`"),
            ),
            (None, Some(title)) => Ok(Some(title.clone())),
        },
    }
}

/// The package can be called so, no other package and no program has the name, and no example has the number.
fn free_package(project: &Project, plan: &Plan) -> Result<(), Diagnostic> {
    let (root, package) = (&project.root, &plan.package);
    let another = |finding: Diagnostic| finding.help("choose another name: `--package NAME`");
    if !PACKAGE.is_match(package) {
        let message = format!("`{package}` is not a package's name in snake case");
        return Err(another(Diagnostic::new("bad-name", message)));
    }
    if RESERVED.split_whitespace().any(|word| word == package) {
        let message = format!(
            "no package can be called `{package}`: the name has a meaning for Rust or cargo"
        );
        return Err(another(Diagnostic::new("bad-name", message)));
    }
    for example in Example::all(root)? {
        let shown = display_path(&example.path());
        if example.number() == plan.number() {
            return Err(Diagnostic::new(
                "number-taken",
                format!("example {} is `{shown}`", plan.number()),
            )
            .help("take another number, or name that folder by its chapter"));
        }
        if example.package == *package {
            let message = format!("`{shown}` is called `{package}`");
            return Err(another(Diagnostic::new("package-name", message)));
        }
        if let Some((_, path)) = example
            .programs(root)
            .iter()
            .find(|(name, _)| name == package)
        {
            let message = format!(
                "there is a program called `{package}`: `{}`",
                display_path(path)
            );
            return Err(another(Diagnostic::new("program-name", message)));
        }
    }
    // Two packages of one name are possible, but `cargo run -p NAME` would not know which is meant.
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap_or_default();
    let name = format!("name = \"{package}\"");
    if lock.lines().any(|line| line == name) {
        let message = format!("Cargo.lock has a package `{package}` already");
        return Err(another(Diagnostic::new("package-name", message)));
    }
    Ok(())
}

fn make(project: &Project, plan: &Plan) -> Result<(), Diagnostic> {
    let english = project.source();
    let summary = summary::with(english, plan);
    let chapter = scaffold::chapter(plan, &previous(english, plan));
    readable(english, plan, &summary, &chapter)?;
    let staging = Staging::new(&project.root)?;
    staging.write(&english.summary.path, &summary)?;
    staging.write(english.folder().join(&plan.path), &chapter)?;
    for (path, text) in scaffold::crate_files(plan) {
        staging.write(Path::new(EXAMPLES).join(plan.example()).join(path), &text)?;
    }
    if project.root.join(DOCTESTS).is_file() {
        staging.write(DOCTESTS, &declared(project, plan)?)?;
    }
    staging.commit()
}

/// The chapter that is read before this one, as a link.
fn previous(english: &Edition, plan: &Plan) -> String {
    let before = |path: &&Path| number(path).is_none_or(|number| number < plan.numbers);
    let before = english.listed().take_while(before).last();
    let Some((path, title)) = before.and_then(|path| Some((path, english.title(path)?))) else {
        return "TODO: the chapters that it builds on".to_owned();
    };
    let target = match path.file_name() {
        Some(file) if path.parent() == plan.path.parent() => display_path(Path::new(file)),
        _ => format!("../{}", display_path(path)),
    };
    format!("[{title}]({target}) for TODO")
}

/// The title does not break the Markdown that it stands in.
fn readable(
    english: &Edition,
    plan: &Plan,
    summary: &str,
    chapter: &str,
) -> Result<(), Diagnostic> {
    let bad = |what: &str| {
        Diagnostic::new("bad-title", format!("`{what}` can't be a title"))
            .help("a title is one line of text, without brackets and braces")
    };
    let is_line = |text: &str| !text.is_empty() && !text.contains(['\n', '\r', '[', ']', '{', '}']);
    let titles = [Some(&plan.title), plan.part.as_ref()];
    if let Some(title) = titles.into_iter().flatten().find(|title| !is_line(title)) {
        return Err(bad(title));
    }
    let source = Arc::new(Source::new(english.summary.path.as_str(), summary));
    let is_listed = contents(&source).is_ok_and(|entries| {
        let is_new = |entry: &Entry| matches!(entry, Entry::Chapter { path, title } if *path == plan.path && !title.is_empty());
        entries.iter().any(is_new)
    });
    let headings = structure(&Arc::new(Source::new("", chapter))).headings;
    let has_title = headings
        .first()
        .is_some_and(|title| title.level == 1 && title.id.is_some());
    if is_listed && has_title {
        Ok(())
    } else {
        Err(bad(&plan.title))
    }
}

/// The manifest of the crate that compiles the blocks, with the new crate in its place among the dependencies.
fn declared(project: &Project, plan: &Plan) -> Result<String, Diagnostic> {
    let source = Source::read(&project.root, DOCTESTS)?;
    let mut manifest = parse_document(&source)?;
    let Some(dependencies) = manifest
        .get_mut("dependencies")
        .and_then(Item::as_table_mut)
    else {
        return Err(
            Diagnostic::new("bad-toml", "there is no table `[dependencies]`").in_file(DOCTESTS),
        );
    };
    let mut path = InlineTable::new();
    path.insert(
        "path",
        format!("../../{EXAMPLES}/{}", plan.example()).into(),
    );
    dependencies.insert(&plan.package, Item::Value(path.into()));
    dependencies.sort_values_by(|a, _, b, _| a.cmp(b));
    Ok(manifest.to_string())
}

fn report(project: &Project, plan: &Plan) -> String {
    let english = project.source();
    let files = [
        (display_path(&english.folder().join(&plan.path)), "the text"),
        (
            format!("{EXAMPLES}/{}", plan.example()),
            "the crate, with its exercise",
        ),
        (english.summary.path.clone(), "lists the chapter"),
        (DOCTESTS.to_owned(), "lists the crate"),
    ];
    let width = files.iter().map(|(file, _)| file.len()).max().unwrap_or(0);
    let mut text = styled(STRONG, format!("Chapter {}: {}", plan.dotted(), plan.title)) + "\n";
    for (file, what) in files
        .iter()
        .filter(|(file, _)| project.root.join(file).exists())
    {
        text += &format!("  {file:<width$}  {what}\n");
    }
    text + &format!(
        "\nWhat is to be written says TODO. All of this works already:\n  cargo book check\n  cargo run -p {0}\n  cargo test -p {0}\n  cargo book exercise {1}\n",
        plan.package,
        plan.number(),
    )
}
