//! The search of an edition: its text, section by section, as a file that `theme/search.js` searches in the reader's browser.
//!
//! The script turns a query into regular expressions over this text. So nothing is done to the words here, and what counts
//! as the same word is known in one place only. What a language must tell for that is the table `[search]` of its
//! `language.toml`.

use std::{cell::RefCell, rc::Rc};

use flate2::{Compression, write::GzEncoder};
use lol_html::{
    RewriteStrSettings, element, end_tag, errors::RewritingError, html_content::Element,
    rewrite_str, text,
};
use serde::{Deserialize, Serialize};

/// The folder of the search, in an edition's.
pub(super) const FOLDER: &str = "search";

/// The text, in that folder. It is packed, because not every server packs what it sends; and its name does not say how,
/// because some that see it would have the browser unpack it, and others not.
pub(super) const INDEX: &str = "index.bin";

/// The script, in the project and, by its name, in the folder.
pub(super) const SCRIPT: &str = "theme/search.js";

/// Classes of what is not the book's text: the English text that has changed, the notice above English text, hidden lines,
/// the steps of recorded runs.
const APART: [&str; 4] = ["stale", "untranslated", "boring", "recording"];

/// The table `[search]` of a `language.toml`: when two words are the same word for a reader.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Forms {
    /// Groups of letters that are typed for one another, small ones: `same = ["её"]`.
    pub same: Vec<String>,
    /// Characters, and ranges of them, that may be typed or not: `ignored = '\u200c\u064b-\u0652'`.
    pub ignored: String,
    /// Groups of endings that take each other's place: a query with one of them finds the word with any of its group, and ""
    /// stands for none: `endings = [["", "s", "ing"], ["e", "es", "ing"]]`.
    pub endings: Vec<Vec<String>>,
    /// The letters that a word keeps without an ending, at least; of a Korean syllable, each counts.
    pub shortest_stem: usize,
}

impl Default for Forms {
    fn default() -> Self {
        Self {
            same: Vec::new(),
            ignored: String::new(),
            endings: Vec::new(),
            shortest_stem: 3,
        }
    }
}

/// What the script reads.
#[derive(Debug, Serialize)]
pub(super) struct Index<'a> {
    #[serde(flatten)]
    forms: Forms,
    pages: Vec<Page<'a>>,
}

/// A page of the edition.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    /// From the edition's folder.
    pub(super) path: String,
    /// The language of its text.
    pub(super) lang: &'a str,
    /// Its sections, the whole page's first.
    pub(super) sections: Vec<Section>,
}

/// A heading, and the text up to the next one. Code in a line of text stands between backticks.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Section {
    id: String,
    heading: String,
    /// A line for each paragraph, and for each line of code, which begins with a tab.
    text: String,
}

impl<'a> Index<'a> {
    /// The index of these pages. An edition may show English chapters, so a word may have an English ending, too.
    pub(super) fn new(own: &Forms, english: &Forms, pages: Vec<Page<'a>>) -> Self {
        let mut forms = own.clone();
        if own != english {
            forms.endings.extend(english.endings.iter().cloned());
        }
        Self { forms, pages }
    }

    /// The index as JSON, as gzip packs it.
    pub(super) fn packed(&self) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        serde_json::to_writer(&mut packed, self)
            .map_err(std::io::Error::from)
            .and_then(|()| packed.finish())
            .expect("text and numbers, written to memory")
    }
}

/// The sections of a finished page: what a reader sees of its text.
pub(super) fn sections(html: &str) -> Result<Vec<Section>, RewritingError> {
    let reader = Rc::new(RefCell::new(Reader::default()));
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("main *", |element| {
            let part = Part::of(element);
            reader.borrow_mut().begin(part, element.get_attribute("id"));
            if let Some(handlers) = element.end_tag_handlers() {
                let reader = Rc::clone(&reader);
                handlers.push(end_tag!(move |_| {
                    reader.borrow_mut().end(part);
                    Ok(())
                }));
            }
            Ok(())
        }))
        .append_element_content_handler(text!("main", |text| {
            reader.borrow_mut().read(text.as_str());
            Ok(())
        }));
    rewrite_str(html, settings)?;
    Ok(reader.take().sections)
}

/// What an element is for the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Heading,
    /// A paragraph, or anything else that begins a line.
    Block,
    CodeBlock,
    Code,
    /// What is not the book's text, or not shown.
    Apart,
    Other,
}

impl Part {
    fn of(element: &Element<'_, '_>) -> Self {
        let class = element.get_attribute("class").unwrap_or_default();
        if class.split(' ').any(|class| APART.contains(&class)) {
            return Self::Apart;
        }
        match element.tag_name().as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if element.has_attribute("id") => Self::Heading,
            "p" | "li" | "td" | "th" | "dt" | "dd" | "summary" | "blockquote" | "div" => {
                Self::Block
            }
            "pre" => Self::CodeBlock,
            "code" => Self::Code,
            "button" => Self::Apart,
            _ => Self::Other,
        }
    }
}

/// What has been read of a page.
#[derive(Debug, Default)]
struct Reader {
    sections: Vec<Section>,
    /// The text since the last line's end, as it stands in the HTML.
    line: String,
    heading: bool,
    code_block: bool,
    /// How many elements are open that are apart.
    apart: usize,
}

impl Reader {
    fn begin(&mut self, part: Part, id: Option<String>) {
        match part {
            Part::Heading => {
                self.end_line();
                self.sections.push(Section {
                    id: id.unwrap_or_default(),
                    ..Section::default()
                });
                self.heading = true;
            }
            Part::CodeBlock => {
                self.end_line();
                self.code_block = true;
            }
            Part::Block => self.end_line(),
            Part::Code => self.tick(),
            Part::Apart => self.apart += 1,
            Part::Other => {}
        }
    }

    fn end(&mut self, part: Part) {
        match part {
            Part::Heading => {
                self.end_line();
                self.heading = false;
            }
            Part::CodeBlock => {
                self.end_line();
                self.code_block = false;
            }
            Part::Block => self.end_line(),
            Part::Code => self.tick(),
            Part::Apart => self.apart -= 1,
            Part::Other => {}
        }
    }

    fn read(&mut self, text: &str) {
        if self.apart == 0 {
            self.line += text;
        }
    }

    /// Begins or ends code within a line.
    fn tick(&mut self) {
        if !self.code_block {
            self.read("`");
        }
    }

    fn end_line(&mut self) {
        let html = std::mem::take(&mut self.line);
        let text = html_escape::decode_html_entities(&html);
        let Some(section) = self.sections.last_mut() else {
            return;
        };
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = if self.code_block {
            let lines = text.lines().map(words);
            lines.map(|line| format!("\t{line}")).collect()
        } else {
            vec![words(&text)]
        };
        let to = if self.heading {
            &mut section.heading
        } else {
            &mut section.text
        };
        for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            if !to.is_empty() {
                to.push('\n');
            }
            to.push_str(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_sections_without_what_is_around_them() {
        let html = "<nav><h2 id=\"menu\">Menu</h2></nav><main><h1 id=\"a\"><a class=\"header\" href=\"#a\">The <code>Future</code>\n trait</a></h1>
<details class=\"stale\"><summary>Changed:</summary><p lang=\"en\">English</p></details>
<p>One &amp; <em>two</em>,\n<code>Pin&lt;T&gt;</code>.</p><ul><li>three</li><li>four</li></ul><h2>no id</h2>
<pre><button>copy</button><code><span class=\"boring\">use std;\n</span>fn <span class=\"k\">main</span>() {\n    go();\n}\n</code></pre>
<h2 id=\"b\">B</h2><input type=\"checkbox\"><details><summary>Answer</summary><p>Yes</p></details></main><p>after</p>";
        let section = |id: &str, heading: &str, text: &str| Section {
            id: id.to_owned(),
            heading: heading.to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(
            sections(html).unwrap(),
            [
                section(
                    "a",
                    "The `Future` trait",
                    "One & two, `Pin<T>`.\nthree\nfour\nno id\n\tfn main() {\n\tgo();\n\t}"
                ),
                section("b", "B", "Answer\nYes"),
            ]
        );
    }

    #[test]
    fn english_endings_count_in_every_edition_once() {
        let forms = |ending: &str| Forms {
            endings: vec![vec![String::new(), ending.to_owned()]],
            ..Forms::default()
        };
        let (russian, english) = (forms("ами"), forms("s"));
        let endings = |own| Index::new(own, &english, Vec::new()).forms.endings;
        assert_eq!(endings(&russian), [["", "ами"], ["", "s"]]);
        assert_eq!(endings(&english), [["", "s"]]);
    }
}
