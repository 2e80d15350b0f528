//! `cargo book record`: what an example really did, step by step.
//!
//! 1. `plan`: `examples/NAME/recordings/ID.toml` says which program to run, and which lines of it are steps.
//! 2. `instrument` and `copy`: the sources of the crate, and of the examples that it uses, are copied with probes in
//!    them. Nothing else is changed: without the probes, the copy is the original, byte for byte.
//! 3. `execute`: both are run. The copy writes a trace, and has to print what the original prints.
//! 4. `trace`: the trace becomes the recording that stands beside the crate, `ID.json`, and that chapters show.
//! 5. `compare`: a new recording is compared with the one that is there, by what each thread does and by what has
//!    caused it, but not by the order of things that have nothing to do with each other.

pub mod command;
mod compare;
mod copy;
mod execute;
mod instrument;
mod known;
mod marks;
mod own;
mod plan;
mod trace;

pub use self::{
    compare::differences,
    instrument::{instrument, strip},
    known::Known,
    plan::{Plan, recorded},
};
