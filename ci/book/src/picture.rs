//! Pictures that are drawn when the site is built: the book's mark for places that take no SVG, and the card that a link
//! to an edition is shown with.

use std::path::Path;

use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{Options, Tree, roxmltree::Document},
};

use crate::{
    diagnostic::Diagnostic,
    project::{Direction, Edition},
    source::{Source, display_path},
};

/// The book's mark, from the project's root.
pub const MARK: &str = "theme/favicon.svg";

/// An edition's title as outlines, in the edition's folder. `ci/card.py` writes it.
pub const TITLE: &str = "card.svg";

/// The size of a card, which is that of the drawing in [`TITLE`].
pub const CARD: (u32, u32) = (1200, 630);

/// The size of the mark where it is a PNG.
const ICON: u32 = 180;

/// The mark as a PNG.
///
/// # Errors
///
/// The mark can't be read, or is no SVG.
pub fn icon(root: &Path) -> Result<Vec<u8>, Diagnostic> {
    let mark = Drawing::read(root, Path::new(MARK))?;
    let mut paper = paper((ICON, ICON));
    let side = 128.0;
    let edge = (ICON as f32 - side) / 2.0;
    mark.draw(&mut paper, edge, edge, side);
    encode(MARK, &paper)
}

/// An edition's card as a PNG: the mark and the title. The mark alone, if nobody has drawn the title yet.
///
/// # Errors
///
/// A drawing can't be read, or is no SVG.
pub fn card(root: &Path, edition: &Edition) -> Result<Vec<u8>, Diagnostic> {
    let mark = Drawing::read(root, Path::new(MARK))?;
    let mut paper = paper(CARD);
    let (width, height) = (CARD.0 as f32, CARD.1 as f32);
    if has_title(root, edition) {
        let (edge, side) = (90.0, 150.0);
        let x = match edition.language.direction {
            Direction::Ltr => edge,
            Direction::Rtl => width - edge - side,
        };
        mark.draw(&mut paper, x, edge, side);
        Drawing::read(root, &edition.folder().join(TITLE))?.draw(&mut paper, 0.0, 0.0, width);
    } else {
        let side = 300.0;
        mark.draw(
            &mut paper,
            (width - side) / 2.0,
            (height - side) / 2.0,
            side,
        );
    }
    encode(&display_path(&edition.folder().join(TITLE)), &paper)
}

/// What is wrong with the drawing of an edition's title: it must say the title that the edition has now.
pub(crate) fn check(root: &Path, edition: &Edition) -> Option<Diagnostic> {
    if !has_title(root, edition) {
        return None;
    }
    let drawing = match Drawing::read(root, &edition.folder().join(TITLE)) {
        Ok(drawing) => drawing,
        Err(finding) => return Some(finding),
    };
    let title = &edition.language.title;
    let told = drawing.title.as_deref().unwrap_or_default();
    (told != title).then(|| {
        Diagnostic::new(
            "stale-card",
            format!("the drawing says `{told}`, and the edition's title is `{title}`"),
        )
        .in_file(drawing.path)
        .help(format!(
            "draw it again: `python3 ci/card.py {} FONT`",
            edition.tag
        ))
    })
}

fn has_title(root: &Path, edition: &Edition) -> bool {
    root.join(edition.folder()).join(TITLE).is_file()
}

struct Drawing {
    path: String,
    title: Option<String>,
    tree: Tree,
}

impl Drawing {
    fn read(root: &Path, path: &Path) -> Result<Self, Diagnostic> {
        let source = Source::read(root, path)?;
        let bad = |error: String| {
            Diagnostic::new("bad-svg", format!("this is no SVG: {error}"))
                .in_file(source.path.as_str())
                .help("draw it again, or take the version that git has")
        };
        let document = Document::parse(&source.text).map_err(|error| bad(error.to_string()))?;
        let title = document
            .root_element()
            .children()
            .find(|child| child.has_tag_name("title"));
        Ok(Self {
            path: source.path.clone(),
            title: title.and_then(|title| title.text()).map(str::to_owned),
            tree: Tree::from_xmltree(&document, &Options::default())
                .map_err(|error| bad(error.to_string()))?,
        })
    }

    /// Draws it with its upper left corner at a point, and as wide as told.
    fn draw(&self, paper: &mut Pixmap, x: f32, y: f32, width: f32) {
        let scale = width / self.tree.size().width();
        let place = Transform::from_scale(scale, scale).post_translate(x, y);
        resvg::render(&self.tree, place, &mut paper.as_mut());
    }
}

/// An empty sheet in the colour of a page in the light theme.
fn paper((width, height): (u32, u32)) -> Pixmap {
    let mut paper = Pixmap::new(width, height).expect("it is not empty");
    paper.fill(Color::from_rgba8(0xff, 0xfd, 0xf9, 0xff));
    paper
}

fn encode(path: &str, paper: &Pixmap) -> Result<Vec<u8>, Diagnostic> {
    paper.encode_png().map_err(|error| {
        Diagnostic::new("bad-svg", format!("no PNG could be made: {error}")).in_file(path)
    })
}
