//! Code blocks: all Rust comes from the examples, and says how rustdoc shall treat it.

use std::{path::Path, sync::LazyLock};

use regex::Regex;

use super::{Book, Chapter, Findings};
use crate::{
    chapter::{Fence, is_error_code},
    diagnostic::Diagnostic,
    directive::{Directive, Include, directives_in},
    example::EXAMPLES,
    snippet::{snippet_includes, target},
    source::{Place, display_path},
};

/// The marks of a Rust block besides error codes: rustdoc's, then the playground's.
const MARKS: [&str; 6] = [
    "no_run",
    "compile_fail",
    "should_panic",
    "edition2024",
    "standalone_crate",
    "editable",
];

static COMPILER_ERROR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"error\[(E\d{4})\]").expect("a valid pattern"));

pub(super) fn check(book: &Book<'_>, chapter: &Chapter<'_>) -> Findings {
    let mut findings = Findings::new();
    for first_line in &chapter.structure.indented {
        findings.push(
            Diagnostic::new("indented-code", "a code block that is made by indentation")
                .at(chapter.place(first_line), "rustdoc takes this for Rust")
                .help(
                    "put it between fences, with its language behind the first: ```` ```text ````",
                ),
        );
    }
    for fence in &chapter.structure.fences {
        let block = Block {
            book,
            chapter,
            fence,
        };
        findings.extend(block.language());
        if fence.is_rust() {
            findings.extend(block.marks());
            findings.extend(block.no_run());
            findings.extend(block.code());
        }
    }
    findings
}

/// A code block that is being looked at.
struct Block<'a> {
    book: &'a Book<'a>,
    chapter: &'a Chapter<'a>,
    fence: &'a Fence,
}

impl Block<'_> {
    /// The language is named, and Rust is called `rust`; and the block ends.
    fn language(&self) -> Option<Diagnostic> {
        let language = self.fence.language();
        if !self.fence.closed {
            return Some(
                Diagnostic::new("unclosed-fence", "this code block does not end")
                    .at(self.opening(), "what follows is taken for code")
                    .help("close it with the same fence on a line of its own"),
            );
        }
        let rust = language.eq_ignore_ascii_case("rust") || matches!(language, "rs" | "RS");
        if language.is_empty() {
            return Some(
                Diagnostic::new("no-language", "this code block names no language")
                    .at(self.opening(), "rustdoc takes this for Rust")
                    .help("write the language behind the fence: `rust`, `console`, `toml`, or `text` for none"),
            );
        }
        if language == "ignore" {
            return Some(self.ignored());
        }
        let help = if rust {
            "write `rust`".to_owned()
        } else {
            format!("write `rust,{language}`: the first word is the language")
        };
        if language != "rust" && (rust || is_mark(language)) {
            return Some(
                Diagnostic::new(
                    "misnamed-rust",
                    format!("`{language}` is not the name of a language here"),
                )
                .at(
                    self.word(language),
                    "not highlighted and not tested as Rust",
                )
                .help(help),
            );
        }
        None
    }

    fn marks(&self) -> Findings {
        let unknown = self.fence.words().skip(1).filter(|word| !is_mark(word));
        let findings = unknown.map(|word| {
            if word == "ignore" {
                self.ignored()
            } else {
                let known: Vec<_> = MARKS.iter().map(|mark| format!("`{mark}`")).collect();
                Diagnostic::new(
                    "unknown-mark",
                    format!("`{word}` is not a mark of a Rust block"),
                )
                .at(self.word(word), "has no effect")
                .help(format!(
                    "the marks are {}, and error codes",
                    known.join(", ")
                ))
            }
        });
        findings.collect()
    }

    fn ignored(&self) -> Diagnostic {
        Diagnostic::new("ignored-rust", "no Rust in this book goes untested")
            .at(self.word("ignore"), "neither compiled nor run")
            .help("if it can't be run, write `no_run`; if it must not compile, `compile_fail` and the error's code")
    }

    fn no_run(&self) -> Option<Diagnostic> {
        (self.fence.has("no_run") && self.fence.no_run_reason().is_none()).then(|| {
            Diagnostic::new("no-run-reason", "this block is not run, and does not say why")
                .at(self.word("no_run"), "compiled only")
                .help("give the reason on the line above the block: `<!-- no_run: it waits for a connection -->`")
        })
    }

    /// The block consists of includes of one example, in the order of its lines.
    fn code(&self) -> Findings {
        let source = self.chapter.source;
        let inside = directives_in(source, self.fence.body.clone());
        let includes: Vec<_> = inside
            .iter()
            .filter_map(|directive| match directive {
                Directive::Include(include) => Some(include),
                _ => None,
            })
            .collect();
        // A directive that is none, or a file that is none, is reported as such.
        let bad = inside
            .iter()
            .any(|directive| matches!(directive, Directive::Bad(_)));
        if bad
            || includes
                .iter()
                .any(|include| self.book.snippets.resolve(source, include).is_err())
        {
            return Findings::new();
        }
        let outside = |include: &&&Include| {
            let file = target(source, include);
            !file.starts_with(EXAMPLES)
                || file.extension().is_none_or(|extension| extension != "rs")
        };
        if let Some(include) = includes.iter().find(outside) {
            return vec![
                Diagnostic::new(
                    "outside-examples",
                    format!(
                        "`{}` is not Rust code of an example",
                        display_path(&target(source, include))
                    ),
                )
                .at(self.chapter.place(&include.span), "compiled by no crate")
                .help("the Rust in this book is shown from the `.rs` files below examples/"),
            ];
        }
        if let Some(other) = includes
            .iter()
            .find(|include| include.path != includes[0].path)
        {
            return vec![
                Diagnostic::new("mixed-files", "this block mixes two files")
                    .at(self.chapter.place(&other.span), "another file than the one above")
                    .help("a block is compiled as one file, with the lines that it does not show: make two blocks"),
            ];
        }
        if self.chapter.source.text[self.fence.body.clone()]
            .trim_matches(is_margin)
            .is_empty()
        {
            return vec![
                Diagnostic::new("literal-rust", "a Rust block without any Rust")
                    .at(self.opening(), "shows nothing")
                    .help("remove the block, or include the lines that it shall show"),
            ];
        }
        let Some(includes) = snippet_includes(source, self.fence) else {
            return vec![
                Diagnostic::new("literal-rust", "Rust that is written into the chapter")
                    .at(self.literal(), "in no example, so no test runs it")
                    .help("put it into the chapter's crate below examples/, between `// ANCHOR: name` and `// ANCHOR_END: name`, and include it"),
            ];
        };
        let mut findings = Findings::new();
        findings.extend(self.order(&includes));
        findings.extend(self.compile_fail(&target(source, &includes[0])));
        findings
    }

    fn order(&self, includes: &[Include]) -> Option<Diagnostic> {
        let source = self.chapter.source;
        let mut shown = 0;
        for include in includes {
            let (_, lines) = self.book.snippets.resolve(source, include).ok()?;
            if lines.start < shown {
                return Some(
                    Diagnostic::new("include-order", "these lines do not follow those above them")
                        .at(self.chapter.place(&include.span), "further up in the file, or shown already")
                        .help("a block shows its file with the other lines folded away: include in the file's order, each line once"),
                );
            }
            shown = lines.end;
        }
        None
    }

    /// A block that must not compile says which error it gives, and the compiler's words stand beside its file.
    fn compile_fail(&self, file: &Path) -> Option<Diagnostic> {
        if !self.fence.has("compile_fail") {
            return None;
        }
        let Some(code) = self.fence.error_code() else {
            return Some(
                Diagnostic::new(
                    "missing-error-code",
                    "this block says that it does not compile, and not why",
                )
                .at(
                    self.word("compile_fail"),
                    "any error would do, a typing mistake too",
                )
                .help("name the error: `compile_fail,E0277`"),
            );
        };
        let expected = file.with_extension("stderr");
        let shown = display_path(&expected);
        if !self.book.project.root.join(&expected).is_file() {
            return Some(
                Diagnostic::new("missing-stderr", format!("there is no file `{shown}`"))
                    .at(
                        self.word("compile_fail"),
                        "what the compiler says is kept nowhere",
                    )
                    .help(format!(
                        "keep what the compiler says about `{}` in a file beside it",
                        display_path(file)
                    )),
            );
        }
        // A file that can't be read is reported where the examples are read.
        let said = self.book.snippets.file(&expected).ok()?;
        let given = COMPILER_ERROR
            .captures(&said.source.text)
            .map(|found| found[1].to_owned());
        if given.as_deref() == Some(code) {
            return None;
        }
        let given = given.map_or("no error with a code".to_owned(), |given| {
            format!("`{given}`")
        });
        Some(
            Diagnostic::new(
                "other-error-code",
                format!("this block gives another error than `{code}`"),
            )
            .at(self.word(code), format!("`{shown}` has {given}"))
            .help("the first error of the compiler is the one to name"),
        )
    }

    /// The line of the opening fence.
    fn opening(&self) -> Place {
        let Fence {
            span, info_span, ..
        } = self.fence;
        self.chapter.place(&(span.start..info_span.end))
    }

    /// A word of the info string.
    fn word(&self, word: &str) -> Place {
        let info = &self.fence.info_span;
        let at = self.chapter.source.text[info.clone()].find(word);
        self.chapter.place(&at.map_or(info.clone(), |at| {
            info.start + at..info.start + at + word.len()
        }))
    }

    /// The first line that is not an include.
    fn literal(&self) -> Place {
        let mut start = self.fence.body.start;
        for line in self.chapter.source.text[self.fence.body.clone()].split_inclusive('\n') {
            let code = line.trim_matches(is_margin);
            if !code.is_empty() && !code.starts_with("{{#") {
                let at = start + line.find(code).unwrap_or(0);
                return self.chapter.place(&(at..at + code.len()));
            }
            start += line.len();
        }
        self.opening()
    }
}

/// What may stand before and behind a line in a quote.
fn is_margin(c: char) -> bool {
    c.is_whitespace() || c == '>'
}

fn is_mark(word: &str) -> bool {
    is_error_code(word) || MARKS.contains(&word)
}
