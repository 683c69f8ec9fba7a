//! What the documents say that can be looked up: paths, commands, figures.
//!
//! ```text
//! text      the documents, and what stands between backquotes in them
//! paths     which of that is a path, and whether there is such a file
//! figures   a table of figures, and the run that it cites
//! ```

pub mod figures;
pub mod paths;
pub mod text;
