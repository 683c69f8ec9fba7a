//! The plan of a merge: what each import becomes and the index of everything.
//!
//! Index spaces of the result, each in this order:
//!
//! | space | first | then | last |
//! |---|---|---|---|
//! | types | the guest's | | the runtime's and the generated functions' |
//! | functions | imports | the guest's, the runtime's | the generated |
//! | tables | the guest's | the runtime's | the table of the thread start function |
//! | memories | the guest's | the runtime's | |
//! | globals, elements, data | the guest's | the runtime's | |
//! | tags | the guest's | | the tag that ends a thread |
//!
//! So nothing of the guest but its function indices changes.

use std::collections::HashMap;

use coopt_abi::calls::{Call, PREVIEW1};
use wasmparser::FuncType;

use crate::guest::{Guest, THREAD_START};
use crate::module::{FunctionImport, Module, count};
use crate::runtime::{self, RuntimeFunctions};
use crate::{Error, Options, Threads};

use super::generated::{Builtin, Generated};
use super::imports::{self, Resolution};

/// What a function import of the guest becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GuestImport {
    /// This import of the result.
    Kept(u32),
    /// This function of the runtime, by its index there.
    Runtime(u32),
    /// This generated function.
    Generated(Generated),
}

/// What a runtime import becomes: it is a call in the runtime's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuntimeImport {
    /// A call of this function of the result.
    Call(u32),
    /// These instructions, in place of the call.
    Inline(Inline),
}

/// An instruction or two that take the place of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inline {
    /// A load or store of guest memory, or a copy from or to it.
    Guest(GuestAccess),
    /// A constant.
    Const(i32),
    /// Drop this many operands, then push a constant.
    Refuse { operands: u32, result: i32 },
}

/// How the runtime may touch guest memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuestAccess {
    Load8,
    Load32,
    Load64,
    Store32,
    Store64,
    /// `(runtime_dst, guest_src, len)`
    CopyIn,
    /// `(guest_dst, runtime_src, len)`
    CopyOut,
}

/// The plan of one merge.
pub struct Plan {
    pub runtime: Module<'static>,
    pub runtime_functions: RuntimeFunctions,
    /// Whether the component can create threads.
    pub threads: bool,
    pub imports: Vec<FunctionImport<'static>>,
    pub types: Vec<FuncType>,
    type_indices: HashMap<FuncType, u32>,
    guest_imports: Vec<GuestImport>,
    runtime_imports: Vec<RuntimeImport>,
    /// The generated functions, in order.
    pub generated: Vec<Generated>,
    builtins: Vec<(Builtin, u32)>,
    guest_defined: u32,
    guest_tables: u32,
}

impl Plan {
    /// Plans the merge of `guest` with the runtime.
    pub fn new(guest: &Guest<'_>, options: &Options) -> Result<Self, Error> {
        check_options(options)?;
        let runtime = runtime::parse()?;
        let runtime_functions = RuntimeFunctions::of(&runtime)?;
        let threads = wants_threads(guest, options)?;

        let mut builder = Builder::new(&guest.module.types);
        let guest_imports = guest_imports(&mut builder, guest, &runtime, &runtime_functions)?;
        let runtime_imports = runtime_imports(&mut builder, &runtime, threads, options)?;
        let builtins = Builtin::all(threads)
            .map(|builtin| (builtin, builder.import(builtin.import(), builtin.ty())))
            .collect();
        let generated = generated_functions(guest, &guest_imports, threads);
        let Builder {
            types,
            type_indices,
            imports,
            ..
        } = builder.intern_all(&runtime, &generated);

        Ok(Self {
            guest_defined: count(guest.module.functions.len()),
            guest_tables: guest.module.table_count,
            guest_imports,
            runtime,
            runtime_functions,
            threads,
            imports,
            types,
            type_indices,
            runtime_imports,
            generated,
            builtins,
        })
    }

    /// Where function `index` of the guest is in the result.
    pub fn guest_function(&self, guest_index: u32) -> u32 {
        match self.guest_imports.get(guest_index as usize) {
            Some(GuestImport::Kept(import)) => *import,
            Some(GuestImport::Runtime(function)) => self.runtime_function(*function),
            Some(GuestImport::Generated(generated)) => self.generated(*generated),
            None => self.imported() + guest_index - count(self.guest_imports.len()),
        }
    }

    /// Which call's trampoline takes the place of the calls of function `index` of the guest, if
    /// one does.
    pub fn call_in_place(&self, guest_index: u32) -> Option<&'static Call> {
        match self.guest_imports.get(guest_index as usize)? {
            GuestImport::Generated(Generated::Trampoline(call)) => Some(*call),
            _ => None,
        }
        .filter(|call| call.in_place)
    }

    /// Where function `index` of the runtime is in the result.
    ///
    /// An inlined import is no function; nothing but a call may name it.
    pub fn runtime_function(&self, runtime_index: u32) -> u32 {
        match self.runtime_import(runtime_index) {
            Some(RuntimeImport::Call(function)) => function,
            Some(RuntimeImport::Inline(_)) => unreachable!("the runtime takes no such address"),
            None => {
                let defined = runtime_index - self.runtime.function_import_count();
                self.imported() + self.guest_defined + defined
            }
        }
    }

    /// What import `index` of the runtime became; `None` when it is no import.
    pub fn runtime_import(&self, runtime_index: u32) -> Option<RuntimeImport> {
        self.runtime_imports.get(runtime_index as usize).copied()
    }

    /// Where a generated function is in the result.
    pub fn generated(&self, generated: Generated) -> u32 {
        let position = self.generated.iter().position(|other| *other == generated);
        let position = position.unwrap_or_else(|| unreachable!("{generated:?} was not planned"));
        self.first_generated() + count(position)
    }

    /// Where a switching built-in is in the result.
    pub fn builtin(&self, builtin: Builtin) -> u32 {
        let found = self.builtins.iter().find(|(other, _)| *other == builtin);
        found
            .unwrap_or_else(|| unreachable!("{builtin:?} was not planned"))
            .1
    }

    /// The index of a function type in the result.
    pub fn type_index(&self, ty: &FuncType) -> u32 {
        let index = self.type_indices.get(ty).copied();
        index.unwrap_or_else(|| unreachable!("{ty} was not interned"))
    }

    /// The table that holds the thread start function, and nothing else.
    pub fn start_table(&self) -> u32 {
        self.guest_tables + self.runtime.table_count
    }

    /// The index of the first generated function.
    pub fn first_generated(&self) -> u32 {
        self.imported() + self.guest_defined + count(self.runtime.functions.len())
    }

    fn imported(&self) -> u32 {
        count(self.imports.len())
    }
}

fn check_options(options: &Options) -> Result<(), Error> {
    let max = coopt_abi::thread::LIVE_MAX;
    match options.live_threads_max {
        found if (1..=max).contains(&found) => Ok(()),
        found => Err(Error::LiveThreads { max, found }),
    }
}

/// Whether the component gets threads: it asks for them, and may.
fn wants_threads(guest: &Guest<'_>, options: &Options) -> Result<bool, Error> {
    let mut imports = guest.module.function_imports.iter();
    let asks = imports.any(|import| imports::creates_threads(import.module, import.name));
    if asks && guest.thread_start.is_none() {
        return Err(Error::MissingExport {
            rule: "a module that imports `thread-spawn` exports the function its threads start in",
            export: THREAD_START,
            remedy: "link it with `--export=wasi_thread_start`, as the wasm32-wasip1-threads \
                     targets of clang and rustc do",
        });
    }
    Ok(asks && options.threads == Threads::On)
}

/// Decides on each import of the guest, and checks that it has the type of
/// what takes its place.
fn guest_imports(
    builder: &mut Builder,
    guest: &Guest<'_>,
    runtime: &Module<'_>,
    functions: &RuntimeFunctions,
) -> Result<Vec<GuestImport>, Error> {
    let plan_import = |import: &FunctionImport<'_>| {
        let (decided, expected) = match imports::resolve(import.module, import.name) {
            Resolution::Keep(name, ty) => {
                let index = builder.import((PREVIEW1, name), ty.clone());
                (GuestImport::Kept(index), Some(ty.clone()))
            }
            Resolution::Runtime(function) => {
                let function = functions.index(function);
                (
                    GuestImport::Runtime(function),
                    runtime.function_type(function).cloned(),
                )
            }
            Resolution::Trampoline(call) => {
                let generated = Generated::Trampoline(call);
                (GuestImport::Generated(generated), Some(generated.ty()))
            }
            Resolution::Unknown { remedy } => {
                return Err(Error::UnknownImport {
                    what: "function",
                    module: import.module.to_owned(),
                    name: import.name.to_owned(),
                    remedy,
                });
            }
        };
        let found = &guest.module.types[import.type_index as usize];
        match expected.filter(|expected| expected != found) {
            None => Ok(decided),
            Some(expected) => Err(Error::WrongType {
                name: format!("{}.{}", import.module, import.name),
                expected: expected.to_string(),
                found: found.to_string(),
            }),
        }
    };
    guest
        .module
        .function_imports
        .iter()
        .map(plan_import)
        .collect()
}

/// Decides on each import of the runtime.
fn runtime_imports(
    builder: &mut Builder,
    runtime: &Module<'static>,
    threads: bool,
    options: &Options,
) -> Result<Vec<RuntimeImport>, Error> {
    let resolve = |import: &FunctionImport<'static>| {
        let constant = |value: u32| Ok(RuntimeImport::Inline(Inline::Const(value.cast_signed())));
        let access = |access| Ok(RuntimeImport::Inline(Inline::Guest(access)));
        match (import.module, import.name) {
            (runtime::GUEST_MEMORY, name) => match name {
                "load8" => access(GuestAccess::Load8),
                "load32" => access(GuestAccess::Load32),
                "load64" => access(GuestAccess::Load64),
                "store32" => access(GuestAccess::Store32),
                "store64" => access(GuestAccess::Store64),
                "copy_in" => access(GuestAccess::CopyIn),
                "copy_out" => access(GuestAccess::CopyOut),
                _ => Err(Error::internal(format!(
                    "the runtime imports `guest`.`{name}`"
                ))),
            },
            (runtime::BUILD, "threads") => constant(u32::from(threads)),
            (runtime::BUILD, "live_threads_max") => constant(options.live_threads_max),
            // The start function is alone in its table.
            (runtime::BUILD, "thread_start_index") => constant(0),
            ("$root", "[thread-index]") if !threads => constant(0),
            ("$root", "[thread-new-indirect-v0]") if !threads => {
                Ok(RuntimeImport::Inline(Inline::Refuse {
                    operands: 2,
                    result: 0,
                }))
            }
            _ => {
                let ty = runtime.types[import.type_index as usize].clone();
                Ok(RuntimeImport::Call(
                    builder.import((import.module, import.name), ty),
                ))
            }
        }
    };
    runtime.function_imports.iter().map(resolve).collect()
}

/// Which functions the result needs besides the guest's and the runtime's.
fn generated_functions(
    guest: &Guest<'_>,
    guest_imports: &[GuestImport],
    threads: bool,
) -> Vec<Generated> {
    let mut needed = vec![Generated::Perform, Generated::Run];
    if threads {
        needed.push(Generated::ThreadStart);
    }
    let atomics = guest.module.atomics;
    for (uses, generated) in [
        (atomics.wait32, Generated::Wait32),
        (atomics.wait64, Generated::Wait64),
        (atomics.notify, Generated::Notify),
    ] {
        if uses > 0 {
            needed.push(generated);
        }
    }
    needed.extend(guest_imports.iter().filter_map(|import| match import {
        GuestImport::Generated(generated) => Some(*generated),
        GuestImport::Kept(_) | GuestImport::Runtime(_) => None,
    }));
    needed.sort_by_key(|generated| generated.order());
    needed.dedup();
    needed
}

/// Collects the imports and types of the result.
struct Builder {
    types: Vec<FuncType>,
    type_indices: HashMap<FuncType, u32>,
    imports: Vec<FunctionImport<'static>>,
    import_indices: HashMap<(&'static str, &'static str), u32>,
}

impl Builder {
    /// Starts with the guest's types, whose indices must not change.
    fn new(guest_types: &[FuncType]) -> Self {
        let types = guest_types.to_vec();
        let type_indices = (0..)
            .zip(types.clone())
            .map(|(index, ty)| (ty, index))
            .collect();
        Self {
            types,
            type_indices,
            imports: Vec::new(),
            import_indices: HashMap::new(),
        }
    }

    fn intern(&mut self, ty: FuncType) -> u32 {
        let next = count(self.types.len());
        let types = &mut self.types;
        *self.type_indices.entry(ty).or_insert_with_key(|ty| {
            types.push(ty.clone());
            next
        })
    }

    /// Adds an import, once.
    fn import(&mut self, (module, name): (&'static str, &'static str), ty: FuncType) -> u32 {
        let type_index = self.intern(ty);
        let next = count(self.imports.len());
        let imports = &mut self.imports;
        *self
            .import_indices
            .entry((module, name))
            .or_insert_with(|| {
                imports.push(FunctionImport {
                    module,
                    name,
                    type_index,
                });
                next
            })
    }

    /// Interns the types of all functions that come after the guest's.
    fn intern_all(mut self, runtime: &Module<'_>, generated: &[Generated]) -> Self {
        for ty in &runtime.types {
            self.intern(ty.clone());
        }
        for function in generated {
            self.intern(function.ty());
        }
        self.intern(FuncType::new([], []));
        self
    }
}
