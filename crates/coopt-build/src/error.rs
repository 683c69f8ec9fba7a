//! What can be wrong with a module, in the words of someone who must fix it.
//!
//! Each message says the rule, what was found, where, and what to do.

use std::fmt;

use crate::printable::Printable;

/// Bytes of the header of a module or component.
const HEADER_BYTES: usize = 8;

/// Why a module cannot become a component.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are neither a core module nor a component.
    #[error(
        "a WebAssembly module starts with the bytes `00 61 73 6d 01 00 00 00`; found {found}; give the `.wasm` \
         file that the linker wrote (for the text format, run `wasm-tools parse` first)"
    )]
    NotWasm {
        /// The first bytes, or that the file is empty.
        found: String,
    },

    /// The input is a component already.
    #[error(
        "the input of a build is a core module; found a component; run it as it is, or give the \
         core module it was made from"
    )]
    AlreadyComponent,

    /// The module does not validate.
    #[error(
        "a module must be valid WebAssembly; found: {} (at offset {offset:#x}); rebuild the \
         file: it may be truncated or damaged, or use a proposal that is not supported",
        Printable(.message)
    )]
    Invalid {
        /// What the validator says.
        message: String,
        /// Where, in bytes from the start of the file.
        offset: usize,
    },

    /// A feature that validates but that the lowering does not know.
    #[error("{rule}; found {found}; {remedy}")]
    Unsupported {
        /// What is expected.
        rule: &'static str,
        /// What the module has.
        found: String,
        /// What to do about it.
        remedy: &'static str,
    },

    /// Nobody provides an import.
    #[error(
        "a program may import WASI preview1, `wasi.thread-spawn`, `coopt.*` and one memory; found \
         the {what} import `{}`.`{}`; {remedy}",
        Printable(.module), Printable(.name)
    )]
    UnknownImport {
        /// Function, table, global or tag.
        what: &'static str,
        /// The import's module name.
        module: String,
        /// The import's field name.
        name: String,
        /// What to do about it.
        remedy: &'static str,
    },

    /// An import or export has another type than its name promises.
    #[error(
        "`{name}` must have the type {expected}; found {found}; rebuild it with headers that \
         declare it so"
    )]
    WrongType {
        /// The import or export, as `module.field` or the export's name.
        name: String,
        /// The type its name promises.
        expected: String,
        /// The type it has.
        found: String,
    },

    /// An export that every program needs, or that the module's own imports call
    /// for, is not there.
    #[error("{rule}; found no export `{export}`; {remedy}")]
    MissingExport {
        /// What is expected.
        rule: &'static str,
        /// The missing export.
        export: &'static str,
        /// What to do about it.
        remedy: &'static str,
    },

    /// An option is out of its range.
    #[error(
        "the number of live threads is 1 to {max}; found {found}; choose a number in that range"
    )]
    LiveThreads {
        /// The largest number accepted.
        max: u32,
        /// The number given.
        found: u32,
    },

    /// The module exceeds a limit of WebAssembly once it is lowered.
    #[error(
        "a lowered module must stay within the limits of WebAssembly engines; found {message}; \
         split the function or module, or compile it with `-Os`"
    )]
    TooLarge {
        /// Which limit.
        message: String,
    },

    /// coopt produced something that does not validate: a defect of ours.
    #[error(
        "the result of a build is always valid; found: {message}; this is a defect of coopt: please \
         report it with the input file"
    )]
    Internal {
        /// What the validator or encoder says.
        message: String,
    },
}

impl Error {
    /// The error for bytes that are not WebAssembly.
    pub(crate) fn not_wasm(wasm: &[u8]) -> Self {
        let head = &wasm[..wasm.len().min(HEADER_BYTES)];
        let found = if head.is_empty() {
            "an empty file".to_owned()
        } else {
            format!(
                "{}{}",
                Hex(head),
                if wasm.len() > HEADER_BYTES {
                    " ..."
                } else {
                    ""
                }
            )
        };
        Self::NotWasm { found }
    }

    /// The error for input the parser or validator refuses.
    pub(crate) fn invalid(error: &wasmparser::BinaryReaderError) -> Self {
        Self::Invalid {
            message: error.message().to_owned(),
            offset: error.offset(),
        }
    }

    /// The error for output that should have been right.
    pub(crate) fn internal(message: impl fmt::Display) -> Self {
        Self::Internal {
            message: message.to_string(),
        }
    }
}

/// Bytes as `` `7f 45 4c 46` ``.
struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`")?;
        for (i, byte) in self.0.iter().enumerate() {
            write!(f, "{}{byte:02x}", if i == 0 { "" } else { " " })?;
        }
        f.write_str("`")
    }
}
