//! What a page says of its own translation: below each passage whose English text has changed, what has changed.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    diagnostic::Diagnostic,
    html::escape,
    lock::Lock,
    passage::Hash,
    project::{Edition, Project, Strings},
    source::Source,
    translation::{
        desk::{Desk, Translated, units_of},
        diff::{Change, History, What, changes, inline_html},
    },
};

/// The locks, each read once.
#[derive(Debug, Default)]
pub(super) struct Marks {
    locks: Mutex<HashMap<String, Arc<Lock>>>,
}

impl Marks {
    /// An edition's lock.
    pub(super) fn lock(
        &self,
        project: &Project,
        edition: &Edition,
    ) -> Result<Arc<Lock>, Diagnostic> {
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lock) = locks.get(&edition.tag) {
            return Ok(Arc::clone(lock));
        }
        let lock = Arc::new(Lock::read(project, edition)?);
        locks.insert(edition.tag.clone(), Arc::clone(&lock));
        Ok(lock)
    }

    /// A translation with a mark below each passage that is not fresh; `None` if all are. `to_status` is the address of the page
    /// about the state of the translation.
    pub(super) fn mark(
        &self,
        desk: &Desk<'_>,
        edition: &Edition,
        path: &Path,
        source: &Arc<Source>,
        to_status: &str,
    ) -> Result<Option<String>, Diagnostic> {
        let lock = self.lock(desk.project, edition)?;
        let Some((english, record)) = desk.english(path).zip(lock.chapters.get(path)) else {
            return Ok(None);
        };
        let counts = desk.counts(path, &lock);
        if counts.fresh == counts.total() {
            return Ok(None);
        }
        let translated = Translated::new(source);
        let changes = changes(
            &desk.project.root,
            english,
            record,
            Some(&translated),
            &mut History::default(),
        );
        // A new passage is there already if it is marked as not translated yet, or if somebody has translated it and not
        // blessed it so far.
        let units = units_of(english, &translated).unwrap_or_default();
        let known: HashSet<Hash> = record
            .passages
            .iter()
            .flat_map(|line| line.translation.iter().copied())
            .collect();
        let is_there = |change: &Change| {
            let at = english.passages.iter().position(|passage| {
                change
                    .english
                    .as_ref()
                    .is_some_and(|place| place.span == passage.span)
            });
            at.and_then(|at| units.get(at))
                .is_some_and(|unit| unit.iter().any(|hash| !known.contains(hash)))
        };
        let mut marks: BTreeMap<usize, String> = BTreeMap::new();
        for change in &changes {
            if change.what == What::New && is_there(change) {
                continue;
            }
            let Some(at) = place_of(&translated, change) else {
                continue;
            };
            marks.entry(at).or_default().push_str(&mark(
                change,
                &edition.language.strings,
                to_status,
            ));
        }
        if marks.is_empty() {
            return Ok(None);
        }
        let mut text = String::new();
        let mut end = 0;
        for (at, mark) in marks {
            text += &source.text[end..at];
            text += &format!("\n\n{mark}\n");
            end = at;
        }
        Ok(Some(text + &source.text[end..]))
    }
}

/// Where the mark of a change stands: below the block that translates the passage, or the one before it. Nowhere, if the
/// translation was changed since it was blessed.
fn place_of(translated: &Translated, change: &Change) -> Option<usize> {
    let place = match change.what {
        What::New => change.after.as_ref(),
        What::Changed(_) | What::Gone(_) => change.translation.last(),
    }?;
    let passage = translated
        .passages
        .iter()
        .find(|passage| passage.span == place.span)?;
    let block = &translated.source.text[passage.block.clone()];
    Some(passage.block.start + block.trim_end().len())
}

fn mark(change: &Change, strings: &Strings, to_status: &str) -> String {
    let what = match change.what {
        What::Changed(_) => &strings.stale,
        What::New => &strings.new,
        What::Gone(_) => &strings.gone,
    };
    // Without empty lines in it, or Markdown would read on inside.
    let english: String = inline_html(change)
        .lines()
        .map(|line| format!("{} ", line.trim()))
        .collect();
    format!(
        "<details class=\"stale\"><summary>{}</summary><p lang=\"en\" dir=\"ltr\">{}</p><p><a href=\"{to_status}\">{}</a></p></details>\n",
        escape(what),
        english.trim(),
        escape(&strings.state.title),
    )
}
