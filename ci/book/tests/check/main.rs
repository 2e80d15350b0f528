//! `cargo book check`, run as a reader of the repository runs it: in a small book that passes, with one thing broken.

mod project;

mod anchors;
mod command;
mod comments;
mod doctests;
mod editions;
mod examples;
mod exercises;
mod fences;
mod glossary;
mod headings;
mod includes;
mod links;
mod prose;
mod recordings;
mod summary;
mod text;
mod translation;
mod typography;
