//! What documents say that a test can check: paths, commands, figures.
//!
//! ```text
//! text      the words between backquotes, links and commands of a document
//! paths     which words are paths, and whether there is such a file
//! figures   a table of figures, and the run that it cites
//! ```

pub mod figures;
pub mod paths;
pub mod text;
