//! What is wrong, where, and how to mend it: for a terminal in rustc's manner, as JSON, and for GitHub's pull requests.

use std::{
    fmt,
    io::{self, Write},
};

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use crate::source::Place;

/// One finding. Everything that the tool finds is an error: there are no warnings to get used to.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that was broken, a name in kebab case that never changes its meaning.
    pub rule: &'static str,
    /// What is wrong, in one line.
    pub message: String,
    /// The file, where there is no place in it to point at. (Boxed, as is the rest: an error type shall be small.)
    pub file: Option<Box<str>>,
    /// Where it is.
    pub place: Option<Place>,
    /// What stands under the underlined source.
    pub label: Box<str>,
    /// How to mend it.
    pub help: Option<Box<str>>,
}

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a person: the source line underlined, as rustc does it
    #[default]
    Human,
    /// One JSON document: {"findings": [{"rule", "message", "label", "file", "line", "column", "end_line", "end_column", "help"}]}
    Json,
    /// GitHub's workflow commands, which show up beside the lines of a pull request
    Github,
}

impl Diagnostic {
    /// A finding of `rule`, with nothing but its message.
    pub fn new(rule: &'static str, message: impl Into<String>) -> Self {
        Self {
            rule,
            message: message.into(),
            file: None,
            place: None,
            label: Box::default(),
            help: None,
        }
    }

    /// A file that could not be read or written. That there is none is a finding like any other.
    pub fn io(path: &str, error: &io::Error) -> Self {
        let rule = match error.kind() {
            io::ErrorKind::NotFound => "missing-file",
            _ => "unreadable",
        };
        Self::new(rule, format!("{path}: {error}")).in_file(path)
    }

    /// Points at a place, and says what is seen there.
    #[must_use]
    pub fn at(mut self, place: Place, label: impl Into<String>) -> Self {
        self.place = Some(place);
        self.label = label.into().into_boxed_str();
        self
    }

    /// Names a file as a whole.
    #[must_use]
    pub fn in_file(mut self, path: impl Into<String>) -> Self {
        self.file = Some(path.into().into_boxed_str());
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into().into_boxed_str());
        self
    }

    /// Whether it says that something could not be looked at, and not what is wrong with it.
    pub fn is_unreadable(&self) -> bool {
        matches!(self.rule, "unreadable" | "not-a-file" | "no-book")
    }

    /// The file that the finding is in, as a path from the project's root.
    pub fn path(&self) -> Option<&str> {
        self.place
            .as_ref()
            .map(|place| place.source.path.as_str())
            .or(self.file.as_deref())
    }

    /// The order of findings: by file, then by place. Those about a file as a whole come before those in it.
    pub(crate) fn order(&self) -> (Option<&str>, Option<(usize, usize)>) {
        let span = self.place.as_ref().map(|place| &place.span);
        (self.path(), span.map(|span| (span.start, span.end)))
    }

    fn render(&self, renderer: &Renderer) -> String {
        let title = Level::ERROR
            .primary_title(self.message.as_str())
            .id(self.rule);
        let mut report = Vec::new();
        if let Some(place) = &self.place {
            report.push(
                title.element(
                    Snippet::source(place.source.text.as_str())
                        .path(place.source.path.as_str())
                        .annotation(
                            AnnotationKind::Primary
                                .span(place.span.clone())
                                .label(&*self.label),
                        ),
                ),
            );
        } else if let Some(file) = &self.file {
            report.push(title.element(Origin::path(&**file)));
        } else {
            report.push(annotate_snippets::Group::with_title(title));
        }
        if let Some(help) = &self.help {
            report.push(annotate_snippets::Group::with_title(
                Level::HELP.secondary_title(&**help),
            ));
        }
        renderer.render(&report)
    }

    fn json(&self) -> Json<'_> {
        let start = self.place.as_ref().map(Place::start);
        let end = self.place.as_ref().map(Place::end);
        Json {
            rule: self.rule,
            message: &self.message,
            label: Some(&*self.label).filter(|label| !label.is_empty()),
            file: self.path(),
            line: start.map(|start| start.line),
            column: start.map(|start| start.column),
            end_line: end.map(|end| end.line),
            end_column: end.map(|end| end.column),
            help: self.help.as_deref(),
        }
    }

    fn github(&self) -> String {
        // https://docs.github.com/actions/reference/workflow-commands-for-github-actions: what must be escaped, and where.
        let value = |text: &str| {
            text.replace('%', "%25")
                .replace('\r', "%0D")
                .replace('\n', "%0A")
        };
        let property = |text: &str| value(text).replace(':', "%3A").replace(',', "%2C");
        let mut command = String::from("::error ");
        if let Some(path) = self.path() {
            command += &format!("file={},", property(path));
        }
        if let Some(place) = &self.place {
            let (start, end) = (place.start(), place.end());
            command += &format!(
                "line={},endLine={},col={},",
                start.line, end.line, start.column
            );
            if start.line == end.line {
                command += &format!("endColumn={},", end.column);
            }
        }
        let mut text = self.message.clone();
        if !self.label.is_empty() {
            text += &format!(" ({})", self.label);
        }
        if let Some(help) = &self.help {
            text += &format!("\nhelp: {help}");
        }
        command + &format!("title={}::{}", property(self.rule), value(&text))
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl std::error::Error for Diagnostic {}

#[derive(Serialize)]
struct Json<'a> {
    rule: &'a str,
    message: &'a str,
    label: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    help: Option<&'a str>,
}

/// Writes a line for a person to standard error. Nobody may be reading it any more, which is no reason to end.
pub fn say(line: impl fmt::Display) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Writes the findings: for a person to standard error, for a machine to standard output.
///
/// # Errors
///
/// Only what writing gives.
pub fn emit(findings: &[Diagnostic], format: Format) -> io::Result<()> {
    match format {
        Format::Human => {
            // anstream removes the colours where there is no terminal, or where NO_COLOR asks for it.
            let mut out = anstream::stderr().lock();
            for finding in findings {
                writeln!(out, "{}\n", finding.render(&Renderer::styled()))?;
            }
        }
        Format::Json => {
            let document = serde_json::json!({
                "findings": findings.iter().map(Diagnostic::json).collect::<Vec<_>>(),
            });
            writeln!(io::stdout(), "{document:#}")?;
        }
        Format::Github => {
            for finding in findings {
                writeln!(io::stdout(), "{}", finding.github())?;
            }
        }
    }
    Ok(())
}
