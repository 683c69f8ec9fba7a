//! Writes the result: the program with its passes carried out, the runtime, and the generated
//! functions.
//!
//! | file | what it writes or checks |
//! |---|---|
//! | [`sections`] | all sections but the code |
//! | [`code`] | the code section |
//! | [`names`] | the name section |
//! | [`limits`] | that the result keeps the limits of engines |

mod code;
mod limits;
mod names;
mod sections;

pub use sections::merge;
