//! The program: the core module we are given, once it keeps the rules that a program must keep.
//!
//! A module whose shape as a whole is wrong is refused here, so that the later
//! steps can rely on that shape. Imports are judged one by one when
//! [they are planned](crate::plan::imports).

use std::collections::BTreeSet;

use coopt_abi::library::TURN_OVER;
use wasmparser::{ExternalKind, MemoryType};

use crate::error::Error;
use crate::kind::{Kind, kind};
use crate::module::lookups::{self, Lookup};
use crate::module::names::function_names;
use crate::module::stack::Stack;
use crate::module::{Global, Module};
use crate::printable::Printable;

/// The export that starts a command.
pub const START: &str = "_start";
/// The export that starts a thread in the wasi-threads style.
pub const THREAD_START: &str = "wasi_thread_start";

/// Pages by which the runtime grows the program's memory, for what it gives the host and gets from
/// it. The result's maximum is raised by these pages.
const SCRATCH_PAGES: u64 = 2;

/// The pages of the largest 32-bit memory.
const PAGES_MAX: u64 = 1 << 16;

/// A core module that can become a component.
#[derive(Debug)]
pub struct Program<'a> {
    pub module: Module<'a>,
    /// The function `_start`.
    pub start: u32,
    /// The function `wasi_thread_start`.
    pub thread_start: Option<u32>,
    /// The thread layer's function for a turn that is over, if the program has it.
    pub turn_over: Option<u32>,
    /// The memory of the result: not shared, and at least one page, because the event window needs
    /// a place.
    pub memory: MemoryType,
    /// Functions that `ref.func` may name because they are exported. The
    /// result drops those exports, so it declares the functions otherwise.
    pub declared_by_export: BTreeSet<u32>,
    /// The main thread's stack, if the program has one that can be told.
    pub stack: Option<Stack>,
    /// The functions that look a path up among the directories that the program is given.
    pub lookups: Vec<Lookup>,
}

impl<'a> Program<'a> {
    /// Parses `wasm` and checks what must hold for the module as a whole.
    pub fn parse(wasm: &'a [u8]) -> Result<Self, Error> {
        if kind(wasm)? == Kind::Component {
            return Err(Error::AlreadyComponent);
        }
        Self::new(Module::parse(wasm)?)
    }

    /// Checks what must hold for the module as a whole.
    pub fn new(module: Module<'a>) -> Result<Self, Error> {
        let memory = memory(&module)?;
        reject_other_imports(&module)?;
        reject_legacy_exceptions(&module)?;
        let start = entry(&module)?;
        let thread_start = module.exported_function(THREAD_START);
        if let Some(function) = thread_start {
            check_export(
                &module,
                THREAD_START,
                function,
                &[wasmparser::ValType::I32; 2],
            )?;
        }
        let declared_by_export = module
            .exports
            .iter()
            .filter(|export| export.kind == ExternalKind::Func)
            .map(|export| export.index)
            .filter(|function| module.referenced_functions.contains(function))
            .collect();
        Ok(Self {
            lookups: lookups::read(&module),
            stack: Stack::of_main(&module),
            turn_over: turn_over(&module),
            module,
            start,
            thread_start,
            memory,
            declared_by_export,
        })
    }

    /// The globals that each thread has for itself.
    pub fn thread_globals(&self) -> impl Iterator<Item = (u32, &Global<'a>)> {
        self.module.mutable_globals()
    }
}

/// The thread layer's function for a turn that is over. A function of another type is another's.
fn turn_over(module: &Module<'_>) -> Option<u32> {
    let function = module.exported_function(TURN_OVER)?;
    let ty = module.function_type(function)?;
    (ty.params().is_empty() && ty.results().is_empty()).then_some(function)
}

/// The program's one memory, as the result defines it.
fn memory(module: &Module<'_>) -> Result<MemoryType, Error> {
    let mut memory = match module.memories[..] {
        [] => MemoryType {
            memory64: false,
            shared: false,
            initial: 1,
            maximum: None,
            page_size_log2: None,
        },
        [memory] => memory,
        [..] => {
            return Err(Error::Unsupported {
                rule: "a program has one linear memory",
                found: format!("{} memories", module.memories.len()),
                remedy: "link it without `--multi-memory` and without memories of its own",
            });
        }
    };
    if memory.memory64 {
        return Err(Error::Unsupported {
            rule: "a program's memory is addressed with 32 bits",
            found: "a 64-bit memory".to_owned(),
            remedy: "compile for a wasm32 target, such as wasm32-wasip1-threads",
        });
    }
    if memory.shared {
        // A shared memory must have a maximum, so what linkers write is no wish.
        memory.maximum = None;
        memory.shared = false;
    }
    memory.initial = memory.initial.max(1);
    if memory.initial + SCRATCH_PAGES > PAGES_MAX {
        return Err(Error::Unsupported {
            rule: "a program leaves the runtime two pages of the 65536 a memory can have",
            found: format!("a memory of {} pages", memory.initial),
            remedy: "link it with a smaller `--initial-memory`",
        });
    }
    memory.maximum = memory.maximum.map(|maximum| {
        let room = maximum.max(memory.initial) + SCRATCH_PAGES;
        room.min(PAGES_MAX)
    });
    Ok(memory)
}

fn reject_other_imports(module: &Module<'_>) -> Result<(), Error> {
    match module
        .other_imports
        .iter()
        .find(|import| import.what != "memory")
    {
        None => Ok(()),
        Some(import) => Err(Error::UnknownImport {
            what: import.what,
            module: import.module.to_owned(),
            name: import.name.to_owned(),
            remedy: "link the program statically (without `-shared`, `-pie` or \
                     `--import-table`)",
        }),
    }
}

fn reject_legacy_exceptions(module: &Module<'_>) -> Result<(), Error> {
    let Some(function) = module.legacy_exceptions else {
        return Ok(());
    };
    let names = function_names(module);
    let named = names.into_iter().find(|(index, _)| *index == function);
    let name = named.map(|(_, name)| format!(" (`{}`)", Printable(name)));
    Err(Error::Unsupported {
        rule: "exceptions are those of WebAssembly 3.0 (`try_table`)",
        found: format!(
            "those of an earlier draft (`try`) in function {function}{}",
            name.unwrap_or_default()
        ),
        remedy: "compile the program and its libraries with `coopt cc` and `coopt c++`, with clang 20 or \
                 later and `-mllvm -wasm-use-legacy-eh=false`, or with rustc and \
                 `-C llvm-args=-wasm-use-legacy-eh=false`",
    })
}

fn entry(module: &Module<'_>) -> Result<u32, Error> {
    if let Some(start) = module.exported_function(START) {
        check_export(module, START, start, &[])?;
        return Ok(start);
    }
    let rule = "a program is a command, which starts at `_start`";
    if module.exported_function("_initialize").is_some() {
        return Err(Error::MissingExport {
            rule,
            export: START,
            remedy: "this module is a reactor (it exports `_initialize`), which is not yet \
                     supported: link it as a command",
        });
    }
    Err(Error::MissingExport {
        rule,
        export: START,
        remedy: "link it with the C start-up object (no `-nostartfiles`), or export `_start`",
    })
}

/// An export that we call must take exactly `params` and return nothing.
fn check_export(
    module: &Module<'_>,
    name: &str,
    function: u32,
    params: &[wasmparser::ValType],
) -> Result<(), Error> {
    let expected = wasmparser::FuncType::new(params.iter().copied(), []);
    match module.function_type(function) {
        Some(found) if *found == expected => Ok(()),
        found => Err(Error::WrongType {
            name: name.to_owned(),
            expected: expected.to_string(),
            found: found.map_or_else(|| "none".to_owned(), ToString::to_string),
        }),
    }
}
