//! What a file is, and what coopt would do with it.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use wasmparser::{CanonicalFunction, Parser, Payload};

use crate::componentize::componentize;
use crate::error::Error;
use crate::kind::{Kind, kind};
use crate::module::atomic::AtomicUses;
use crate::module::{Module, names};
use crate::options::Options;
use crate::plan::imports::{self, Resolution};
use crate::printable::Printable;

/// What a file is, and what coopt would do with it. [`fmt::Display`] writes it
/// for people, serde for programs.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Inspection {
    /// A core module.
    CoreModule(ModuleInspection),
    /// A component.
    Component(ComponentInspection),
}

/// A core module.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ModuleInspection {
    /// Functions defined in the module.
    pub functions: usize,
    /// The module's memory, such as `1 to 2 pages, shared`; `None` without one.
    pub memory: Option<String>,
    /// The imports, and what each becomes.
    pub imports: Vec<ImportInspection>,
    /// The names of the exports.
    pub exports: Vec<String>,
    /// The mutable globals, by name: each thread has its own (invariant I3).
    pub thread_globals: Vec<String>,
    /// The atomic instructions.
    pub atomics: AtomicsInspection,
    /// Which functions are known to be code of the C library or thread layer of coopt, by their
    /// index in the module; `None` when the module does not say.
    pub library_functions: Option<BTreeSet<u32>>,
    /// Whether the module can create threads.
    pub creates_threads: bool,
    /// Why the module cannot become a component, if so.
    pub refused: Option<String>,
}

/// An import and what it becomes.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ImportInspection {
    /// `module.field`, followed by the kind in parentheses unless that is a function.
    pub name: String,
    /// What coopt puts in the import's place.
    pub becomes: &'static str,
}

/// How many atomic instructions a module has.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct AtomicsInspection {
    /// `memory.atomic.wait32` and `wait64`: they become waits of the scheduler.
    pub waits: u32,
    /// `memory.atomic.notify`: they become wake-ups of the scheduler.
    pub notifies: u32,
    /// All others: they become plain instructions.
    pub others: u32,
}

/// A component.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct ComponentInspection {
    /// The names of the imports.
    pub imports: Vec<String>,
    /// The names of the exports.
    pub exports: Vec<String>,
    /// The threading built-ins that the component uses, each once.
    pub threading_builtins: Vec<&'static str>,
}

/// Inspects a file.
///
/// # Errors
/// [`Error::NotWasm`] and [`Error::Invalid`]; a module that is valid but
/// cannot become a component is inspected all the same.
pub fn inspect(wasm: &[u8]) -> Result<Inspection, Error> {
    match kind(wasm)? {
        Kind::CoreModule => inspect_module(wasm).map(Inspection::CoreModule),
        Kind::Component => inspect_component(wasm).map(Inspection::Component),
    }
}

fn inspect_module(wasm: &[u8]) -> Result<ModuleInspection, Error> {
    let module = Module::parse(wasm)?;
    let functions = module
        .function_imports
        .iter()
        .map(|import| ImportInspection {
            name: format!("{}.{}", import.module, import.name),
            becomes: becomes(import.module, import.name),
        });
    let others = module.other_imports.iter().map(|import| ImportInspection {
        name: format!("{}.{} ({})", import.module, import.name, import.what),
        becomes: if import.what == "memory" {
            "a memory of its own"
        } else {
            "an error"
        },
    });
    let AtomicUses {
        wait32,
        wait64,
        notify,
        fence,
        plain,
    } = module.atomics;
    Ok(ModuleInspection {
        functions: module.functions.len(),
        memory: module.memories.first().map(describe_memory),
        creates_threads: module
            .function_imports
            .iter()
            .any(|import| imports::creates_threads(import.module, import.name)),
        imports: functions.chain(others).collect(),
        exports: module
            .exports
            .iter()
            .map(|export| export.name.to_owned())
            .collect(),
        thread_globals: names::mutable_globals(&module),
        atomics: AtomicsInspection {
            waits: wait32.saturating_add(wait64),
            notifies: notify,
            others: fence.saturating_add(plain),
        },
        library_functions: module.library.as_ref().map(|library| {
            let imported = module.function_import_count();
            library.iter().map(|index| imported + index).collect()
        }),
        refused: componentize(wasm, &Options::default())
            .err()
            .map(|error| error.to_string()),
    })
}

fn becomes(module: &str, name: &str) -> &'static str {
    match imports::resolve(module, name) {
        Resolution::Runtime(_) => "a call of the runtime",
        Resolution::Trampoline(_) => "a call that may switch threads",
        Resolution::Unknown { .. } => "an error",
    }
}

fn describe_memory(memory: &wasmparser::MemoryType) -> String {
    let maximum = memory
        .maximum
        .map_or_else(String::new, |maximum| format!(" to {maximum}"));
    let shared = if memory.shared { ", shared" } else { "" };
    format!("{}{maximum} pages{shared}", memory.initial)
}

fn inspect_component(wasm: &[u8]) -> Result<ComponentInspection, Error> {
    let mut inspection = ComponentInspection::default();
    let mut depth = 0_u32;
    for payload in Parser::new(0).parse_all(wasm) {
        let outermost = depth == 0;
        match payload.map_err(|error| Error::invalid(&error))? {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::ComponentImportSection(reader) if outermost => {
                for import in reader {
                    let import = import.map_err(|error| Error::invalid(&error))?;
                    inspection.imports.push(import.name.name.to_owned());
                }
            }
            Payload::ComponentExportSection(reader) if outermost => {
                for export in reader {
                    let export = export.map_err(|error| Error::invalid(&error))?;
                    inspection.exports.push(export.name.name.to_owned());
                }
            }
            Payload::ComponentCanonicalSection(reader) => {
                for function in reader {
                    let function = function.map_err(|error| Error::invalid(&error))?;
                    inspection
                        .threading_builtins
                        .extend(threading_builtin(&function));
                }
            }
            _ => {}
        }
    }
    inspection.threading_builtins.sort_unstable();
    inspection.threading_builtins.dedup();
    Ok(inspection)
}

/// The name of a built-in that needs a host with threads.
fn threading_builtin(function: &CanonicalFunction) -> Option<&'static str> {
    Some(match function {
        CanonicalFunction::ThreadIndex => "thread.index",
        CanonicalFunction::ThreadNewIndirect { .. } => "thread.new-indirect",
        CanonicalFunction::ThreadResumeLater => "thread.resume-later",
        CanonicalFunction::ThreadSuspend { .. } => "thread.suspend",
        CanonicalFunction::ThreadSuspendThenResume { .. } => "thread.suspend-then-resume",
        CanonicalFunction::ThreadYieldThenResume { .. } => "thread.yield-then-resume",
        CanonicalFunction::ThreadSuspendThenPromote { .. } => "thread.suspend-then-promote",
        CanonicalFunction::ThreadYieldThenPromote { .. } => "thread.yield-then-promote",
        _ => return None,
    })
}

impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CoreModule(module) => module.fmt(f),
            Self::Component(component) => component.fmt(f),
        }
    }
}

/// The widest column of names: a longer name moves only its own line.
const NAME_COLUMN_MAX: usize = 60;

impl fmt::Display for ModuleInspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "core module, {} functions", self.functions)?;
        writeln!(f, "memory: {}", self.memory.as_deref().unwrap_or("none"))?;
        writeln!(f, "imports:")?;
        let names = self
            .imports
            .iter()
            .map(|import| Printable(&import.name).to_string());
        let names: Vec<String> = names.collect();
        let width = names.iter().map(String::len).max().unwrap_or(0);
        let width = width.min(NAME_COLUMN_MAX);
        for (name, import) in names.iter().zip(&self.imports) {
            writeln!(f, "  {name:width$}  becomes {}", import.becomes)?;
        }
        writeln!(f, "exports: {}", List(&self.exports))?;
        writeln!(
            f,
            "mutable globals, one set a thread: {}",
            List(&self.thread_globals)
        )?;
        let AtomicsInspection {
            waits,
            notifies,
            others,
        } = self.atomics;
        writeln!(
            f,
            "atomics: {waits} waits, {notifies} notifies, {others} made plain"
        )?;
        match &self.refused {
            Some(error) => writeln!(f, "coopt refuses it: {error}"),
            None if self.creates_threads => {
                writeln!(
                    f,
                    "coopt makes it a WASI 0.3 component with cooperative threads"
                )
            }
            None => writeln!(
                f,
                "coopt makes it a WASI 0.3 component without threads, since it creates none"
            ),
        }
    }
}

impl fmt::Display for ComponentInspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "component")?;
        writeln!(f, "imports: {}", List(&self.imports))?;
        writeln!(f, "exports: {}", List(&self.exports))?;
        writeln!(f, "threading built-ins: {}", List(&self.threading_builtins))?;
        writeln!(f, "coopt runs it as it is")
    }
}

/// Names with commas between them, or `none`.
struct List<'a, S>(&'a [S]);

impl<S: AsRef<str>> fmt::Display for List<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, rest)) = self.0.split_first() else {
            return f.write_str("none");
        };
        write!(f, "{}", Printable(first.as_ref()))?;
        rest.iter()
            .try_for_each(|name| write!(f, ", {}", Printable(name.as_ref())))
    }
}
