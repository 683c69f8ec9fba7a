//! The plan of a merge: what each import becomes and the index of everything in the result.
//!
//! | file | what it decides |
//! |---|---|
//! | [`imports`] | what takes the place of an import, by its name alone |
//! | [`needs`] | how generated code and passes say what they need |
//! | [`spaces`] | types and imports of the result, each once |
//! | [`program_imports`] | what the program's imports become |
//! | [`reach`] | which functions of the runtime are in the result |
//! | [`runtime_imports`] | what the runtime's imports become |
//! | [`layout`] | the index spaces |

pub mod imports;
pub mod layout;
pub mod needs;
pub mod program_imports;
pub mod reach;
pub mod runtime_imports;
pub mod spaces;

pub use layout::Plan;
pub use needs::{AddedGlobal, Builtin, Needs, Starts};
