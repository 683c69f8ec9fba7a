//! The functions that coopt-build writes itself, and the code that a pass may put in the place of
//! an instruction.
//!
//! Most functions are trampolines: the place where a program's call may switch
//! threads. A trampoline asks the runtime for an action and performs the action,
//! unless it is `CONTINUE`. The code that performs actions is in [`switch`]. No
//! other code calls a switching built-in (invariant I1), and no other code saves
//! and restores the thread's globals (invariant I3).
//!
//! | file | what it writes |
//! |---|---|
//! | [`code`] | instructions, and the locals they need |
//! | [`emitter`] | what all files ask for: indices, the globals of a thread |
//! | [`helper`] | how a generated function is described |
//! | [`switch`] | `perform`, and the switch inside each trampoline |
//! | [`trampoline`] | what a call becomes, by its row in the table of calls |
//! | [`life`] | `run` and the thread start function |
//! | [`list`] | all generated functions |

pub mod code;
pub mod emitter;
pub mod helper;
mod life;
pub mod list;
mod switch;
mod trampoline;

pub use code::Code;
pub use emitter::Emitter;
pub use helper::Helper;
pub use life::{RUN, THREAD_START};
pub use list::{Generated, all};
