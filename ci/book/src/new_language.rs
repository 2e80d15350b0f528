//! `cargo book new-language`: the folder of a new edition, which shows every chapter in English until it is translated.

use std::{path::Path, process::ExitCode};

use clap::Args;
use toml_edit::value;

use crate::{
    diagnostic::Diagnostic,
    example::parse_document,
    project::{Direction, EDITIONS, Project, SOURCE_EDITION},
    source::{Source, display_path},
    staging::Staging,
    strings::{self, NOT_WORDS, untranslated_strings},
    tag,
    terminal::{self, FAINT, STRONG, styled},
};

/// What `cargo book new-language` can be told.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The language's BCP 47 tag: ja, pt-BR, zh-Hant
    tag: String,
    /// The language's name in itself: 日本語
    #[arg(long, value_parser = crate::translation::command::name)]
    name: Option<String>,
    /// The book's title in the language
    #[arg(long)]
    title: Option<String>,
    /// The direction of its script; without it, the one that the language is usually written in
    #[arg(long, value_parser = direction, value_name = "ltr|rtl")]
    direction: Option<Direction>,
}

fn direction(word: &str) -> Result<Direction, &'static str> {
    [Direction::Ltr, Direction::Rtl]
        .into_iter()
        .find(|direction| direction.as_str() == word)
        .ok_or("it is `ltr` or `rtl`")
}

/// Makes the folder, in the book that the current folder is in, and says what is to be translated first.
///
/// # Errors
///
/// The tag is none, or the edition is there already, or a file can't be read or written. Then nothing is made.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Vec<Diagnostic>> {
    let project = Project::here()?;
    make(&project, arguments).map_err(|finding| vec![finding])?;
    // Read again, so that what is said is what is there.
    let project = Project::load(&project.root)?;
    terminal::print(report(&project, &arguments.tag).map_err(|finding| vec![finding])?);
    Ok(ExitCode::SUCCESS)
}

fn make(project: &Project, arguments: &Arguments) -> Result<(), Diagnostic> {
    let tag = tag::parse(&arguments.tag)?;
    let folder = Path::new(EDITIONS).join(&arguments.tag);
    let shown = display_path(&folder);
    if project.root.join(&folder).exists() {
        return Err(
            Diagnostic::new("edition-exists", format!("there is `{shown}` already"))
                .in_file(shown)
                .help(if arguments.tag == SOURCE_EDITION {
                    "this is the source edition, which the others are translated from"
                } else {
                    "to begin the edition again, remove its folder first"
                }),
        );
    }
    let direction = arguments.direction.unwrap_or_else(|| tag::direction(&tag));
    let staging = Staging::new(&project.root)?;
    staging.write(
        folder.join(strings::FILE),
        &language(project, arguments, direction)?,
    )?;
    staging.write(folder.join("SUMMARY.md"), "# Summary\n")?;
    if let Some(glossary) = glossary(project)? {
        staging.write(folder.join("glossary.toml"), &glossary)?;
    }
    staging.commit()
}

/// The English language.toml with what is known of the new language, and without how English is written.
fn language(
    project: &Project,
    arguments: &Arguments,
    direction: Direction,
) -> Result<String, Diagnostic> {
    let mut language = parse_document(&strings::english(project)?)?;
    let name = arguments.name.as_ref().unwrap_or(&arguments.tag);
    let title = arguments
        .title
        .as_ref()
        .unwrap_or(&project.source().language.title);
    for (key, text) in [
        ("name", name.as_str()),
        ("direction", direction.as_str()),
        ("title", title),
    ] {
        language[key] = value(text);
    }
    for table in NOT_WORDS {
        language.remove(table);
    }
    Ok(language.to_string())
}

/// A glossary with an empty place for each term of the English one, if that is there.
fn glossary(project: &Project) -> Result<Option<String>, Diagnostic> {
    let file = project.source().folder().join("glossary.toml");
    let english = match Source::read(&project.root, file) {
        Ok(source) => parse_document(&source)?,
        Err(finding) if finding.rule == "missing-file" => return Ok(None),
        Err(finding) => return Err(finding),
    };
    let mut text = String::from(
        "# The terms of the book in this language. An empty `term` is still to be decided; the English one stands behind it.\n\
         # The keys are those of src/en/glossary.toml, where the definitions are. `also` lists other forms that may appear,\n\
         # `forbidden` renderings that must not, and `why` gives the reason where a term is contested.\n",
    );
    for (key, entry) in english.iter() {
        let term = entry
            .get("term")
            .and_then(toml_edit::Item::as_str)
            .unwrap_or(key);
        let key = toml_edit::Key::new(key);
        text += &format!("\n[{}]\nterm = \"\" # {term}\n", key.display_repr());
    }
    Ok(Some(text))
}

fn report(project: &Project, tag: &str) -> Result<String, Diagnostic> {
    let edition = project.edition(tag).expect("it was made");
    let folder = display_path(&edition.folder());
    let mut text = format!(
        "{} is made: every chapter is shown in English, under a notice.\n\n{}\n",
        styled(STRONG, &folder),
        styled(
            STRONG,
            format!("Still English in {folder}/{}:", strings::FILE)
        ),
    );
    for string in untranslated_strings(project, edition)? {
        text += &format!("  {string}\n");
    }
    text += &format!(
        "\nThen decide the terms in {folder}/glossary.toml, and translate a chapter. {}\n",
        styled(
            FAINT,
            "CONTRIBUTING.md shows how; `cargo book serve` shows the result."
        ),
    );
    Ok(text)
}
