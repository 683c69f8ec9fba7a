//! Patches: the changes of other people's sources, and of ours when tests must
//! notice a mutant.
//!
//! A patch is a unified diff (`diff -u`, `git diff`) behind some lines of
//! prose. It fits or it is an error: nothing is searched for nearby and no
//! context is ignored. A hunk says where it belongs, `@@ -12,6 +12,7 @@`; in
//! sources that move, a bare `@@` says that its lines stand in one place only.
//!
//! All patches of a source are made for it as it is, not for what the others
//! leave of it. So each can be added, changed and removed alone, and two that
//! change the same line are an error.
//!
//! ```text
//! parse   the text of a patch
//! fit     where a hunk belongs, or why it does not
//! apply   patches to a file, or to a folder
//! ```

mod apply;
mod fit;
mod parse;

pub use apply::{to_folder, to_text};
pub use parse::{Patch, parse};
