//! Patches: changes of the C and C++ libraries, and of our own crates for mutants.
//!
//! A patch is a unified diff (`diff -u`, `git diff`) behind some lines of
//! prose. A patch that does not fit is an error: nothing is searched for nearby
//! and no context is ignored. The head of a hunk says where the hunk belongs,
//! `@@ -12,6 +12,7 @@`. For sources that move, a bare `@@` says that the lines of
//! the hunk stand in one place only.
//!
//! Every patch is made for the original source, not for what other patches
//! leave of it. So each patch can be added, changed and removed alone, and two
//! patches that change the same line are an error.
//!
//! ```text
//! parse   the text of a patch
//! fit     where a hunk belongs, or why it does not
//! apply   patches to a file, or to a folder
//! read    the patches in a folder
//! ```

mod apply;
mod fit;
mod parse;
mod read;

pub use apply::{to_folder, to_text};
pub use parse::{Patch, parse};
pub use read::read_all;
