//! The way of a snippet: from an example's source, by an anchor, into a chapter.
//!
//! In a `rust` fence the anchor's lines are shown, and the rest of its file is kept in place as the hidden lines of
//! mdBook and rustdoc (`# …`). So the block compiles, runs in the playground, and the reader can unfold its surroundings.
//! In any other fence, and in prose, the lines stand alone.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
    ops::Range,
    path::{Component, Path, PathBuf},
    sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError},
};

use regex::Regex;

use crate::{
    anchor::{Anchors, anchors, is_marker},
    chapter::{Fence, structure},
    comment::{Comment, Dictionary, comments, translate},
    diagnostic::Diagnostic,
    directive::{Directive, Include, directives, directives_in},
    example::Example,
    passage::{Kind, passages},
    project::{EDITIONS, SOURCE_EDITION},
    recording::chapter::recordings,
    source::{Source, display_path},
};

/// The files that chapters include, each read once. One value serves all editions, from several threads.
#[derive(Debug)]
pub struct Snippets {
    root: PathBuf,
    files: Mutex<HashMap<PathBuf, Result<Arc<File>, Diagnostic>>>,
    examples: Mutex<HashMap<String, Result<Arc<Example>, Diagnostic>>>,
    dictionaries: Mutex<HashMap<String, Comments>>,
}

/// A file that a chapter includes.
#[derive(Debug)]
pub struct File {
    /// Its text.
    pub source: Arc<Source>,
    /// Its anchors.
    pub anchors: Anchors,
    comments: OnceLock<Vec<Comment>>,
}

impl File {
    /// The comments of a Rust file.
    pub fn comments(&self) -> &[Comment] {
        self.comments.get_or_init(|| comments(&self.source.text))
    }
}

/// Who will read the expanded chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// A page: every block as it is. What the playground can't compile is marked.
    Page,
    /// `mdbook test`, which can compile only what needs no crate but std: other Rust blocks become plain text.
    StockTest,
}

/// A Rust block of a chapter, as rustdoc shall compile it.
#[derive(Debug)]
pub struct RustBlock {
    /// The line of its opening fence in the chapter, from 1.
    pub line: usize,
    /// The fence's info string.
    pub info: String,
    /// The code, hidden lines included.
    pub code: String,
    /// The crates besides std that the code names.
    pub crates: BTreeSet<String>,
}

/// mdBook's mark of a block that the Rust playground could not compile.
pub(crate) const NO_PLAYGROUND: &str = "noplayground";

/// The crates besides std that the book uses and the playground has.
const PLAYGROUND_CRATES: [&str; 3] = ["futures", "pin_project_lite", "tokio"];

/// What a program without a `main` gets.
pub(crate) const EMPTY_MAIN: &str = "fn main() {}";

/// What begins the word behind a page's fence that says which lines of which file it shows, one for each visible line:
/// `lines=examples/01_01_demo/src/lib.rs:2-4+9`.
pub(crate) const LINES: &str = "lines=";

/// A snippet's code, hidden lines included.
pub(crate) struct Code {
    text: String,
    /// The crates besides std that it names.
    pub(crate) crates: BTreeSet<String>,
    /// The file's line that each visible line shows, from 1.
    lines: Vec<usize>,
    /// The file, from the project's root.
    path: PathBuf,
}

/// An edition's dictionary, or what is wrong with it.
type Comments = Result<Arc<Dictionary>, Vec<Diagnostic>>;

static MAIN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^(?:# )?(?:pub )?fn main\s*[(<]").expect("a valid pattern"));

impl Code {
    /// The lines that it shows, as the word behind a fence has them.
    fn shown(&self) -> String {
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for line in &self.lines {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == *line => *last = *line,
                _ => ranges.push((*line, *line)),
            }
        }
        let ranges = ranges.into_iter().map(|range| match range {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        });
        let ranges: Vec<_> = ranges.collect();
        format!("{}:{}", display_path(&self.path), ranges.join("+"))
    }
}

impl RustBlock {
    /// The lines of the code as the compiler sees them, hidden or not.
    pub fn program(&self) -> impl Iterator<Item = &str> {
        fn unhide(line: &str) -> &str {
            match line.trim_start() {
                "#" => "",
                bare => bare.strip_prefix("# ").unwrap_or(line),
            }
        }
        self.code.lines().map(unhide)
    }
}

static MODULE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:pub(?:\([^)]*\))?\s+)?mod\s+(\w+)\s*;\s*$").expect("a valid pattern")
});

impl Snippets {
    /// Snippets of the project at `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            files: Mutex::default(),
            examples: Mutex::default(),
            dictionaries: Mutex::default(),
        }
    }

    /// A file by its path from the project's root.
    ///
    /// # Errors
    ///
    /// A file that is missing or not UTF-8.
    pub fn file(&self, path: &Path) -> Result<Arc<File>, Diagnostic> {
        // Nothing panics while the lock is held, and a map of finished reads is whole in any case.
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files
            .entry(path.to_owned())
            .or_insert_with(|| {
                let source = Source::read(&self.root, path)?;
                Ok(Arc::new(File {
                    anchors: anchors(&source),
                    comments: OnceLock::new(),
                    source,
                }))
            })
            .clone()
    }

    /// Whether there is such a file.
    pub(crate) fn has(&self, path: &Path) -> bool {
        self.root.join(path).is_file()
    }

    fn example(&self, folder: &str) -> Result<Arc<Example>, Diagnostic> {
        let mut examples = self.examples.lock().unwrap_or_else(PoisonError::into_inner);
        examples
            .entry(folder.to_owned())
            .or_insert_with(|| Example::read(&self.root, folder).map(Arc::new))
            .clone()
    }

    /// What the edition `tag` writes for the comments in the code.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with its comments.toml.
    pub fn dictionary(&self, tag: &str) -> Comments {
        let mut dictionaries = self
            .dictionaries
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        dictionaries
            .entry(tag.to_owned())
            .or_insert_with(|| Dictionary::read(&self.root, tag).map(Arc::new))
            .clone()
    }

    /// The dictionary for a chapter's page; English needs none.
    fn dictionary_of(
        &self,
        chapter: &Source,
        door: Door,
    ) -> Result<Option<Arc<Dictionary>>, Vec<Diagnostic>> {
        let below = Path::new(&chapter.path).strip_prefix(EDITIONS).ok();
        let tag = below.and_then(|path| path.iter().next()?.to_str());
        tag.filter(|tag| door == Door::Page && *tag != SOURCE_EDITION)
            .map(|tag| self.dictionary(tag))
            .transpose()
    }

    /// The file and the lines that an include of the chapter `source` asks for.
    ///
    /// # Errors
    ///
    /// A missing file or anchor, at the directive's place; a file that is not UTF-8, at its own.
    pub fn resolve(
        &self,
        source: &Arc<Source>,
        include: &Include,
    ) -> Result<(Arc<File>, Range<usize>), Diagnostic> {
        let place = || source.place(include.span.clone());
        let path = target(source, include);
        let shown = display_path(&path);
        let outside = path.starts_with("..")
            || path.has_root()
            || match (
                self.root.join(&path).canonicalize(),
                self.root.canonicalize(),
            ) {
                (Ok(file), Ok(root)) => !file.starts_with(root),
                _ => false,
            };
        if outside {
            return Err(Diagnostic::new(
                "missing-file",
                format!("`{shown}` is outside of the project"),
            )
            .at(place(), "leads out of the repository")
            .help("a chapter includes files of this repository only"));
        }
        if path.starts_with(EDITIONS) && path.extension().is_some_and(|extension| extension == "md")
        {
            return Err(
                Diagnostic::new("bad-include", format!("`{shown}` is a chapter"))
                    .at(place(), "its own directives would be printed as they stand")
                    .help("link to the chapter, or put what both show into a file below examples/"),
            );
        }
        if !self.root.join(&path).is_file() {
            let folder = Path::new(&source.path)
                .parent()
                .map(display_path)
                .unwrap_or_default();
            return Err(
                Diagnostic::new("missing-file", format!("there is no file `{shown}`"))
                    .at(place(), "no such file")
                    .help(format!(
                        "the path is relative to the chapter's folder, `{folder}`"
                    )),
            );
        }
        let file = self.file(&path)?;
        let Some(anchor) = &include.anchor else {
            let lines = 0..file.source.text.lines().count();
            return Ok((file, lines));
        };
        if let Some(lines) = file.anchors.regions.get(anchor) {
            let lines = lines.clone();
            return Ok((file, lines));
        }
        let known: Vec<_> = file
            .anchors
            .regions
            .keys()
            .map(|name| format!("`{name}`"))
            .collect();
        let help = if known.is_empty() {
            format!(
                "put `// ANCHOR: {anchor}` and `// ANCHOR_END: {anchor}` around the lines to show"
            )
        } else {
            format!("`{shown}` has the anchors {}", known.join(", "))
        };
        Err(Diagnostic::new(
            "missing-anchor",
            format!("`{shown}` has no anchor `{anchor}`"),
        )
        .at(place(), "no such anchor")
        .help(help))
    }

    /// The lines that an include shows, as they stand in the file.
    ///
    /// # Errors
    ///
    /// As [`Snippets::resolve`].
    pub fn shown(&self, source: &Arc<Source>, include: &Include) -> Result<String, Diagnostic> {
        let (file, lines) = self.resolve(source, include)?;
        Ok(shown_lines(&file.source, &lines))
    }

    /// The chapter with its includes expanded, as a page or `mdbook test` wants it.
    ///
    /// # Errors
    ///
    /// Every include that can't be resolved, and every directive that isn't one.
    pub fn expand(&self, source: &Arc<Source>, door: Door) -> Result<String, Vec<Diagnostic>> {
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        let mut findings = Vec::new();
        let found = directives(source);
        let fences = if found.is_empty() {
            Vec::new()
        } else {
            structure(source).fences
        };
        let dictionary = self.dictionary_of(source, door)?;
        let (recordings, wrong) = recordings(self, source, &found);
        findings.extend(wrong);
        // What lights the lines of a recorded run must know where they are.
        let lit = door == Door::Page && !recordings.is_empty();
        edits.extend(recordings.iter().map(|recorded| {
            let text = match door {
                Door::Page => recorded.fence(),
                Door::StockTest => String::new(),
            };
            let span = recorded.span.clone();
            (span.clone(), indented(source, span.start, &text, false))
        }));
        let mut snippets: Vec<Range<usize>> = Vec::new();
        for fence in &fences {
            let code = self.translated_code(source, fence, dictionary.as_deref());
            snippets.extend(code.is_some().then(|| fence.body.clone()));
            match code {
                Some(Ok(code)) => {
                    edits.push((
                        fence.body.clone(),
                        indented(source, fence.body.start, &code.text, true),
                    ));
                    let (info, crates) = (&fence.info_span, &code.crates);
                    if lit {
                        edits.push((info.end..info.end, format!(",{LINES}{}", code.shown())));
                    }
                    match door {
                        Door::StockTest if !crates.is_empty() => {
                            edits.push((info.clone(), "text".to_owned()));
                        }
                        Door::Page if !in_playground(crates) => {
                            edits.push((info.end..info.end, format!(",{NO_PLAYGROUND}")));
                        }
                        _ => {}
                    }
                }
                Some(Err(errors)) => findings.extend(errors),
                None => {}
            }
        }
        let in_rust = |at: usize| snippets.iter().any(|body| body.contains(&at));
        let in_info = |at: usize| fences.iter().any(|fence| fence.info_span.contains(&at));
        for directive in found {
            match directive {
                Directive::Escaped(span)
                | Directive::Translate(span)
                | Directive::Recording(Include { span, .. })
                | Directive::Include(Include { span, .. })
                    if in_info(span.start) =>
                {
                    findings.push(
                        Diagnostic::new("bad-include", "a directive behind the marks of a fence")
                            .at(source.place(span), "not a part of the code")
                            .help("put it on a line of its own, inside the block"),
                    );
                }
                Directive::Escaped(backslash) => edits.push((backslash, String::new())),
                Directive::Translate(mark) => edits.extend(in_english(source, &mark)),
                Directive::Bad(finding) => findings.push(finding),
                Directive::Recording(_) => {}
                Directive::Include(include) if in_rust(include.span.start) => {}
                Directive::Include(include) => match self.resolve(source, &include) {
                    Ok((file, lines)) => {
                        let text = shown_lines(&file.source, &lines);
                        edits.push((
                            include.span.clone(),
                            indented(source, include.span.start, &text, false),
                        ));
                    }
                    Err(finding) => findings.push(finding),
                },
            }
        }
        for fence in &fences {
            let mut inside = edits
                .iter()
                .filter(|(span, _)| fence.body.contains(&span.start));
            if inside.any(|(_, text)| closes(source, fence, text)) {
                findings.push(early_end(source, fence));
            }
        }
        if !findings.is_empty() {
            findings.sort_by_key(|finding| finding.place.as_ref().map(|place| place.span.start));
            return Err(findings);
        }
        edits.sort_by_key(|(span, _)| span.start);
        let mut text = String::with_capacity(source.text.len() * 2);
        let mut end = 0;
        for (span, replacement) in edits {
            text += &source.text[end..span.start];
            text += &replacement;
            end = span.end;
        }
        Ok(text + &source.text[end..])
    }

    /// The Rust blocks of a chapter, expanded.
    ///
    /// # Errors
    ///
    /// As [`Snippets::expand`].
    pub fn rust_blocks(&self, source: &Arc<Source>) -> Result<Vec<RustBlock>, Vec<Diagnostic>> {
        self.expand(source, Door::Page)?;
        let fences = structure(source).fences;
        let blocks = fences.into_iter().filter(Fence::is_rust).map(|fence| {
            let (code, crates) = match self.rust_code(source, &fence) {
                Some(code) => code.map(|code| (code.text, code.crates))?,
                None => (source.text[fence.body.clone()].to_owned(), BTreeSet::new()),
            };
            let line = source.place(fence.span.clone()).start().line;
            Ok(RustBlock {
                line,
                info: fence.info,
                code,
                crates,
            })
        });
        blocks.collect()
    }

    /// The code of a `rust` fence that consists of includes of one Rust file; `None` for any other fence.
    pub(crate) fn rust_code(
        &self,
        source: &Arc<Source>,
        fence: &Fence,
    ) -> Option<Result<Code, Vec<Diagnostic>>> {
        self.translated_code(source, fence, None)
    }

    /// As [`Snippets::rust_code`], with the comments that the reader sees from the dictionary.
    fn translated_code(
        &self,
        source: &Arc<Source>,
        fence: &Fence,
        dictionary: Option<&Dictionary>,
    ) -> Option<Result<Code, Vec<Diagnostic>>> {
        let includes = snippet_includes(source, fence)?;
        let mut shown = Vec::new();
        let mut findings = Vec::new();
        let mut file = None;
        for include in &includes {
            match self.resolve(source, include) {
                Ok((found, lines)) => {
                    file = Some(found);
                    shown.push(lines);
                }
                Err(finding) => findings.push(finding),
            }
        }
        if !findings.is_empty() {
            return Some(Err(findings));
        }
        let file = file?;
        let path = target(source, &includes[0]);
        Some(
            self.with_context(&file, &path, &shown, dictionary)
                .map_err(|finding| vec![finding]),
        )
    }

    /// The whole file, with the lines outside of `shown` hidden, as the root of a crate; and the crates it names.
    fn with_context(
        &self,
        file: &File,
        path: &Path,
        shown: &[Range<usize>],
        dictionary: Option<&Dictionary>,
    ) -> Result<Code, Diagnostic> {
        let mut code = String::new();
        let mut visible = Vec::new();
        let source = &file.source;
        let translated = dictionary
            .map(|dictionary| translate(&source.text, file.comments(), dictionary))
            .unwrap_or_default();
        for (number, line) in source.text.lines().enumerate() {
            if is_marker(line) {
                continue;
            }
            if shown.iter().any(|lines| lines.contains(&number)) {
                let lines = match translated.get(&number) {
                    Some(lines) => lines.lines().collect(),
                    None => vec![line],
                };
                for line in lines {
                    push_shown(&mut code, line);
                    visible.push(number + 1);
                }
            } else if let Some(module) = MODULE.captures(line) {
                self.push_module(&mut code, source, &[path], &module[1], line)?;
            } else {
                push_hidden(&mut code, line);
            }
        }
        if !MAIN.is_match(&code) {
            // With a main of its own, rustdoc leaves the block as it is, and items keep the meaning they have in their crate.
            code += &format!("#\n# {EMPTY_MAIN}\n");
        }
        let crates = match Example::folder_of(path) {
            Some(folder) => {
                let example = self.example(folder)?;
                let own_library = path.file_name().is_some_and(|name| name == "lib.rs");
                let own = example.package.replace('-', "_");
                let foreign = example
                    .crates
                    .iter()
                    .filter(|name| !(own_library && **name == own));
                foreign
                    .filter(|name| names_crate(&code, name))
                    .cloned()
                    .collect()
            }
            None => BTreeSet::new(),
        };
        Ok(Code {
            text: code,
            crates,
            lines: visible,
            path: path.to_owned(),
        })
    }

    /// `mod name;` with the module's file in the place of its semicolon: a doctest has no files beside it.
    fn push_module(
        &self,
        code: &mut String,
        source: &Arc<Source>,
        parents: &[&Path],
        name: &str,
        line: &str,
    ) -> Result<(), Diagnostic> {
        let parent = parents.last().copied().unwrap_or(Path::new(""));
        let folder = parent.parent().unwrap_or(Path::new(""));
        let folder = match parent.file_stem().and_then(|stem| stem.to_str()) {
            Some("lib" | "main" | "mod") | None => folder.to_owned(),
            Some(_) if folder.ends_with("bin") => folder.to_owned(),
            Some(stem) => folder.join(stem),
        };
        let flat = folder.join(format!("{name}.rs"));
        let path = if self.root.join(&flat).is_file() {
            flat
        } else {
            folder.join(name).join("mod.rs")
        };
        if !self.root.join(&path).is_file() {
            let at = source.text.find(line).unwrap_or(0);
            return Err(Diagnostic::new(
                "missing-file",
                format!("the module `{name}` has no file"),
            )
            .at(source.place(at..at + line.len()), "no such file")
            .help(format!(
                "it is `{name}.rs` or `{name}/mod.rs` in {}",
                display_path(&folder)
            )));
        }
        if parents.contains(&path.as_path()) {
            let at = source.text.find(line).unwrap_or(0);
            return Err(Diagnostic::new(
                "module-cycle",
                format!("the module `{name}` is the file that it stands in"),
            )
            .at(
                source.place(at..at + line.len()),
                "leads back to a file above it",
            )
            .help("remove this line"));
        }
        let file = self.file(&path)?;
        let parents = [parents, &[path.as_path()]].concat();
        push_hidden(code, &line.replacen(';', " {", 1));
        for line in file.source.text.lines().filter(|line| !is_marker(line)) {
            match MODULE.captures(line) {
                Some(module) => self.push_module(code, &file.source, &parents, &module[1], line)?,
                None => push_hidden(code, line),
            }
        }
        push_hidden(code, "}");
        Ok(())
    }
}

/// The path from the project's root of the file that an include of this chapter names.
pub fn target(chapter: &Source, include: &Include) -> PathBuf {
    let folder = Path::new(&chapter.path).parent().unwrap_or(Path::new(""));
    let mut path = PathBuf::new();
    for part in folder.join(&include.path).components() {
        match part {
            Component::ParentDir if path.file_name().is_some() => {
                path.pop();
            }
            Component::CurDir => {}
            part => path.push(part),
        }
    }
    path
}

/// The includes of a `rust` fence that holds nothing else, all of one Rust file; `None` for any other fence.
pub fn snippet_includes(source: &Arc<Source>, fence: &Fence) -> Option<Vec<Include>> {
    if !fence.is_rust() {
        return None;
    }
    let mut rest = String::new();
    let mut includes: Vec<Include> = Vec::new();
    let mut end = fence.body.start;
    for directive in directives_in(source, fence.body.clone()) {
        if let Directive::Include(include) = directive {
            rest += &source.text[end..include.span.start];
            end = include.span.end;
            includes.push(include);
        }
    }
    rest += &source.text[end..fence.body.end];
    // A fence in a block quote keeps its marks.
    let nothing_else = rest.chars().all(|c| c.is_whitespace() || c == '>');
    let first = includes.first()?;
    let one_file = includes.iter().all(|include| include.path == first.path);
    let is_rust = first
        .path
        .extension()
        .is_some_and(|extension| extension == "rs");
    (nothing_else && one_file && is_rust).then_some(includes)
}

/// The lines of a region, without the markers of anchors inside of it, and without the last newline.
fn shown_lines(source: &Source, lines: &Range<usize>) -> String {
    let shown: Vec<_> = source
        .text
        .lines()
        .skip(lines.start)
        .take(lines.len())
        .filter(|line| !is_marker(line))
        .collect();
    shown.join("\n")
}

/// A passage that is still English says so to browsers and screen readers: the edits that replace its mark.
fn in_english(source: &Arc<Source>, mark: &Range<usize>) -> Vec<(Range<usize>, String)> {
    let spaces =
        source.text[mark.end..].len() - source.text[mark.end..].trim_start_matches(' ').len();
    let mark = mark.start..mark.end + spaces;
    let passage = passages(source, None)
        .into_iter()
        .find(|passage| passage.kind == Kind::Prose && passage.span.contains(&mark.start));
    match passage {
        Some(passage) => vec![
            (mark, "<span lang=\"en\" dir=\"ltr\">".to_owned()),
            (passage.span.end..passage.span.end, "</span>".to_owned()),
        ],
        None => vec![(mark, String::new())],
    }
}

/// What may stand before a line that is in a list or a quote.
const MARGIN: [char; 3] = [' ', '\t', '>'];

/// `text`, with what stands before `at` on its line, if it is only indentation or a quote's mark, before each further line.
fn indented(source: &Source, at: usize, text: &str, whole_lines: bool) -> String {
    let line_start = source.text[..at]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let lead = if whole_lines {
        let mut lines = source.text[at..].lines();
        let line = lines
            .find(|line| !line.trim_start_matches(MARGIN).is_empty())
            .unwrap_or_default();
        &line[..line.len() - line.trim_start_matches(MARGIN).len()]
    } else {
        &source.text[line_start..at]
    };
    if lead.is_empty() || !lead.chars().all(|c| MARGIN.contains(&c)) {
        return text.to_owned();
    }
    let mut indented = text.replace('\n', &format!("\n{lead}"));
    if whole_lines {
        indented.insert_str(0, lead);
        indented.truncate(indented.trim_end_matches(MARGIN).len());
    }
    indented
}

/// Whether a line of `text` would end the code block that it is put into.
fn closes(source: &Source, fence: &Fence, text: &str) -> bool {
    let opening = &source.text[fence.span.start..fence.info_span.start];
    let Some(mark) = opening.chars().next() else {
        return false;
    };
    let length = opening.matches(mark).count();
    text.lines().any(|line| {
        let line = line.trim_start_matches([' ', '>']);
        let rest = line.trim_start_matches(mark);
        line.len() - rest.len() >= length && rest.trim().is_empty()
    })
}

fn early_end(source: &Arc<Source>, fence: &Fence) -> Diagnostic {
    let opening = fence.span.start..fence.info_span.end;
    Diagnostic::new("early-end", "an included line would end this code block")
        .at(
            source.place(opening),
            "ends at the first line of as many marks",
        )
        .help("open and close the block with more marks than the included lines have: ````")
}

/// A line that the reader sees. rustdoc would hide one that begins with `# `, so such a line gets a second `#`.
pub(crate) fn push_shown(code: &mut String, line: &str) {
    let bare = line.trim_start();
    if bare == "#" || bare.starts_with("# ") || bare.starts_with("##") {
        let (lead, rest) = line.split_at(line.len() - bare.len());
        let _ = writeln!(code, "{lead}#{rest}");
    } else {
        let _ = writeln!(code, "{line}");
    }
}

/// A line that the reader can unfold. Inner documentation is left out: rustdoc does not merge a block that begins with it
/// into one binary with the others, and compiles it alone.
fn push_hidden(code: &mut String, line: &str) {
    if line.trim_start().starts_with("//!") || (code.is_empty() && line.trim().is_empty()) {
        return;
    }
    let _ = if line.trim().is_empty() {
        writeln!(code, "#")
    } else {
        writeln!(code, "# {line}")
    };
}

fn in_playground(crates: &BTreeSet<String>) -> bool {
    crates
        .iter()
        .all(|name| PLAYGROUND_CRATES.contains(&name.as_str()))
}

/// Whether code names a crate in a path or a `use`, comments aside.
fn names_crate(code: &str, name: &str) -> bool {
    code.lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line).trim_start())
        .filter(|line| !line.starts_with("//"))
        .any(|line| {
            line.match_indices(name).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                let after = &line[at + name.len()..];
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.')
                    && (after.starts_with("::")
                        || (line.starts_with("use ") && after.starts_with([';', ' ', ','])))
            })
        })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const LIB: &str = "//! About one and two.\n\nuse std::fmt;\n\n// ANCHOR: one\nstruct One;\n// ANCHOR_END: one\n\nmod inner;\n\n// ANCHOR: two\n    fn two() {}\n// ANCHOR_END: two\n";

    fn project(chapter: &str) -> (tempfile::TempDir, Snippets, Arc<Source>) {
        let folder = tempfile::tempdir().unwrap();
        let crate_folder = folder.path().join("examples/01_x");
        fs::create_dir_all(crate_folder.join("src")).unwrap();
        fs::write(
            crate_folder.join("Cargo.toml"),
            "[package]\nname = \"x\"\n[dependencies]\nfutures = \"0.3\"\n",
        )
        .unwrap();
        fs::write(crate_folder.join("src/lib.rs"), LIB).unwrap();
        fs::write(
            crate_folder.join("src/inner.rs"),
            "pub(crate) struct Inner;\n",
        )
        .unwrap();
        fs::write(
            crate_folder.join("src/main.rs"),
            "// ANCHOR: all\nuse x::One;\nfn main() {}\n// ANCHOR_END: all\n",
        )
        .unwrap();
        let snippets = Snippets::new(folder.path());
        (
            folder,
            snippets,
            Arc::new(Source::new("src/en/p/c.md", chapter)),
        )
    }

    #[test]
    fn a_rust_fence_shows_the_anchor_and_hides_the_rest_of_the_file() {
        let (_folder, snippets, chapter) =
            project("```rust\n{{#include ../../../examples/01_x/src/lib.rs:one}}\n```\n");
        let text = snippets.expand(&chapter, Door::Page).unwrap();
        assert_eq!(
            text,
            "```rust\n# use std::fmt;\n#\nstruct One;\n#\n# mod inner {\n# pub(crate) struct Inner;\n# }\n#\n#     fn two() {}\n#\n# fn main() {}\n```\n"
        );
    }

    #[test]
    fn any_other_fence_shows_the_lines_alone() {
        let (_folder, snippets, chapter) =
            project("> ```text\n> {{#include ../../../examples/01_x/src/lib.rs}}\n> ```\n");
        let text = snippets.expand(&chapter, Door::Page).unwrap();
        assert_eq!(
            text,
            "> ```text\n> //! About one and two.\n> \n> use std::fmt;\n> \n> struct One;\n> \n> mod inner;\n> \n>     fn two() {}\n> ```\n"
        );
    }

    #[test]
    fn a_block_that_needs_a_crate_has_no_button_for_the_playground() {
        let (_folder, snippets, chapter) =
            project("```rust,no_run\n{{#include ../../../examples/01_x/src/main.rs:all}}\n```\n");
        let text = snippets.expand(&chapter, Door::Page).unwrap();
        assert_eq!(
            text,
            "```rust,no_run,noplayground\nuse x::One;\nfn main() {}\n```\n"
        );
    }

    #[test]
    fn a_block_that_needs_a_crate_of_the_playground_has_the_button() {
        let (folder, snippets, chapter) =
            project("```rust\n{{#include ../../../examples/01_x/src/bin/run.rs}}\n```\n");
        let program = "use futures::executor;\nfn main() {}\n";
        fs::create_dir(folder.path().join("examples/01_x/src/bin")).unwrap();
        fs::write(folder.path().join("examples/01_x/src/bin/run.rs"), program).unwrap();
        let text = snippets.expand(&chapter, Door::Page).unwrap();
        assert_eq!(text, format!("```rust\n{program}```\n"));
    }

    #[test]
    fn stock_mdbook_does_not_test_what_needs_a_crate() {
        let (_folder, snippets, chapter) =
            project("```rust,no_run\n{{#include ../../../examples/01_x/src/main.rs:all}}\n```\n");
        let text = snippets.expand(&chapter, Door::StockTest).unwrap();
        assert_eq!(text, "```text\nuse x::One;\nfn main() {}\n```\n");
        let blocks = snippets.rust_blocks(&chapter).unwrap();
        assert_eq!(blocks[0].crates, BTreeSet::from(["x".to_owned()]));
    }

    #[test]
    fn an_included_fence_does_not_end_the_block() {
        let chapter = |marks: &str| {
            format!("{marks}text\n{{{{#include ../../../examples/01_x/README.md}}}}\n{marks}\n")
        };
        for (marks, closed_early) in [("```", true), ("````", false), ("~~~", false)] {
            let (folder, snippets, chapter) = project(&chapter(marks));
            fs::write(
                folder.path().join("examples/01_x/README.md"),
                "```\ncode\n```\n",
            )
            .unwrap();
            let expanded = snippets.expand(&chapter, Door::Page);
            let rule = expanded.err().map(|findings| findings[0].rule);
            assert_eq!(rule == Some("early-end"), closed_early, "{marks}");
        }
    }

    #[test]
    fn every_include_that_leads_nowhere_is_reported() {
        let (_folder, snippets, chapter) = project(
            "{{#include nowhere.txt}}\n```rust\n{{#include ../../../examples/01_x/src/lib.rs:three}}\n```\n{{#inlude x}}\n{{#include ../../../../secret}}\n",
        );
        let findings = snippets.expand(&chapter, Door::Page).unwrap_err();
        let rules: Vec<_> = findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(
            rules,
            [
                "missing-file",
                "missing-anchor",
                "unknown-directive",
                "missing-file"
            ]
        );
        assert_eq!(
            findings[1].help.as_deref(),
            Some("`examples/01_x/src/lib.rs` has the anchors `one`, `two`")
        );
    }

    #[test]
    fn a_shown_line_that_rustdoc_would_hide_is_kept() {
        let mut code = String::new();
        push_shown(&mut code, "  # not hidden");
        push_shown(&mut code, "#[derive(Debug)]");
        assert_eq!(code, "  ## not hidden\n#[derive(Debug)]\n");
    }

    #[test]
    fn only_a_main_is_a_main() {
        for code in ["fn main() {}", "# fn main() {", "# pub fn main() {}"] {
            assert!(MAIN.is_match(code), "{code}");
        }
        for code in ["fn maintain() {}", "// fn main()", "    fn main() {}"] {
            assert!(!MAIN.is_match(code), "{code}");
        }
    }

    #[test]
    fn a_crate_is_named_by_a_path_or_a_use_and_not_by_a_comment() {
        assert!(names_crate("# use x::One;", "x"));
        assert!(names_crate("    let a = x::one();", "x"));
        assert!(!names_crate("// x::one()\nlet y = max::min();", "x"));
    }
}
