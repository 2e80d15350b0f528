//! The tool behind `cargo book`: it builds, serves and checks the editions of one mdBook.
//!
//! How a chapter becomes a page: [`project`] finds the editions and their chapters; [`snippet`] expands a chapter's
//! includes from the example crates, and [`comment`] shows their comments in the reader's language; [`figure`] makes
//! HTML of its code blocks, and [`recording`] of its recorded runs, which [`record`] makes; [`site`] has mdBook render
//! the result, one edition per core, and links the editions with one another. The stock commands of mdBook reach the same functions
//! through [`preprocess`]. [`check()`] looks for everything that would break a page, and says so with a
//! [`diagnostic`].

pub mod anchor;
pub mod chapter;
pub mod check;
pub mod comment;
pub mod diagnostic;
pub mod directive;
pub mod example;
pub mod exercise;
pub mod figure;
pub mod glossary;
mod html;
pub mod lock;
pub mod new_chapter;
pub mod new_language;
pub mod passage;
pub mod picture;
pub mod preprocess;
pub mod project;
pub mod record;
pub mod recording;
pub mod run;
pub mod serve;
pub mod site;
pub mod snippet;
pub mod source;
pub mod staging;
pub mod strings;
pub mod tag;
pub mod term;
pub mod terminal;
pub mod theme;
pub mod translation;
pub mod typography;

pub use check::check;
