//! Anchors: the named regions of an example's source that chapters show.
//!
//! A region lies between a line with `ANCHOR: name` and one with `ANCHOR_END: name`, as mdBook writes them. Regions may
//! nest and overlap. The marker lines themselves are never shown.

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{Arc, LazyLock},
};

use regex::Regex;

use crate::{diagnostic::Diagnostic, source::Source};

static MARKER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bANCHOR(_END)?:\s*([\w-]+)").expect("a valid pattern"));

/// The anchors of one file.
#[derive(Debug, Default)]
pub struct Anchors {
    /// By name: the lines of the region, counted from 0, without its two markers.
    pub regions: BTreeMap<String, Range<usize>>,
    /// By name: where the opening marker's name stands in the text.
    pub names: BTreeMap<String, Range<usize>>,
    /// Duplicate, unclosed and unopened anchors.
    pub problems: Vec<Diagnostic>,
}

/// Whether this line of a file is a marker, which no reader sees.
pub fn is_marker(line: &str) -> bool {
    line.contains("ANCHOR") && MARKER.is_match(line)
}

/// The anchors of a file. What is wrong with them is in `problems`, and what is right can be used all the same.
pub fn anchors(source: &Arc<Source>) -> Anchors {
    let mut found = Anchors::default();
    if !source.text.contains("ANCHOR") {
        return found;
    }
    let mut open: BTreeMap<String, (usize, Range<usize>)> = BTreeMap::new();
    let mut offset = 0;
    for (number, line) in source.text.split_inclusive('\n').enumerate() {
        for marker in MARKER.captures_iter(line) {
            let name = marker[2].to_owned();
            let group = marker.get(2).expect("the pattern has two groups").range();
            let span = offset + group.start..offset + group.end;
            if marker.get(1).is_none() {
                if found.names.contains_key(&name) {
                    found.problems.push(
                        Diagnostic::new(
                            "duplicate-anchor",
                            format!("the anchor `{name}` is opened a second time"),
                        )
                        .at(source.place(span), "this name is taken")
                        .help("an anchor names one region of its file: give this one another name"),
                    );
                    continue;
                }
                found.names.insert(name.clone(), span.clone());
                open.insert(name, (number + 1, span));
            } else if let Some((first, _)) = open.remove(&name) {
                found.regions.insert(name, first..number);
            } else {
                found.problems.push(
                    Diagnostic::new(
                        "unopened-anchor",
                        format!("the anchor `{name}` ends here, but is not open"),
                    )
                    .at(source.place(span), "nothing to end")
                    .help(format!(
                        "put `ANCHOR: {name}` above it, or remove this line"
                    )),
                );
            }
        }
        offset += line.len();
    }
    for (name, (_, span)) in open {
        found.problems.push(
            Diagnostic::new(
                "unclosed-anchor",
                format!("the anchor `{name}` is never closed"),
            )
            .at(source.place(span), "opened here")
            .help(format!(
                "put `ANCHOR_END: {name}` below the region's last line"
            )),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Anchors {
        anchors(&Arc::new(Source::new("x.rs", text)))
    }

    #[test]
    fn regions_may_nest_and_overlap() {
        let found = parse(
            "// ANCHOR: a\none\n// ANCHOR: b\ntwo\n// ANCHOR_END: a\nthree\n// ANCHOR_END: b\n",
        );
        assert_eq!(found.regions["a"], 1..4);
        assert_eq!(found.regions["b"], 3..6);
        assert!(found.problems.is_empty());
    }

    #[test]
    fn what_does_not_match_up_is_reported() {
        let found = parse("// ANCHOR: a\n// ANCHOR: a\n// ANCHOR_END: b\n");
        let rules: Vec<_> = found.problems.iter().map(|problem| problem.rule).collect();
        assert_eq!(
            rules,
            ["duplicate-anchor", "unopened-anchor", "unclosed-anchor"]
        );
    }
}
