//! The index spaces of the result, each in this order:
//!
//! | space | first | then | last |
//! |---|---|---|---|
//! | types | the program's | | the runtime's and the generated functions' |
//! | functions | imports | the program's, those of the runtime that it reaches | the generated |
//! | tables | the program's | the runtime's | the table of the thread start function |
//! | memories | the program's | the runtime's | |
//! | globals | the program's | the runtime's | those that passes add |
//! | elements | the program's | the runtime's | declared functions, the thread start function |
//! | data | the program's | the runtime's | |
//! | tags | the program's | | the tag that ends a thread |
//!
//! So nothing of the program but its function indices changes.

use coopt_abi::calls::{self, Call, RuntimeFunction, Way};
use wasmparser::FuncType;

use crate::error::Error;
use crate::module::{FunctionImport, Module, count};
use crate::options::{Options, Threads};
use crate::plan::imports;
use crate::plan::needs::{AddedGlobal, Builtin, Needs, Starts};
use crate::plan::program_imports::{self, ProgramImport};
use crate::plan::reach::Reached;
use crate::plan::runtime_imports::{self, Constants, RuntimeImport};
use crate::plan::spaces::Spaces;
use crate::program::{Program, THREAD_START};
use crate::runtime::{self, RuntimeFunctions};
use crate::wit;

/// The module of the built-ins.
const ROOT: &str = "$root";

/// What the program uses of the runtime beside what it imports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uses {
    /// Sockets that listen from the start.
    pub listeners: bool,
    /// Directories that are open from the start.
    pub directories: bool,
    threads: bool,
}

/// The plan of one merge.
#[derive(Debug)]
pub struct Plan {
    pub runtime: Module<'static>,
    pub runtime_functions: RuntimeFunctions,
    /// Whether the component can create threads.
    pub threads: bool,
    pub uses: Uses,
    /// The functions of the runtime that are in the result.
    pub reached: Reached,
    spaces: Spaces,
    program_imports: Vec<ProgramImport>,
    runtime_imports: Vec<RuntimeImport>,
    needs: Needs,
    program_defined: u32,
    program_tables: u32,
    program_globals: u32,
    program_tags: u32,
}

impl Plan {
    /// Plans the merge of `program` with the runtime.
    pub fn new(program: &Program<'_>, options: &Options, needs: Needs) -> Result<Self, Error> {
        check_options(options)?;
        check_thread_start(program)?;
        let runtime = runtime::parse()?;
        let runtime_functions = RuntimeFunctions::of(&runtime)?;
        let threads = has_threads(program, options);

        let mut spaces = Spaces::new(&program.module.types);
        let program_imports = program_imports::decide(program, &runtime, &runtime_functions)?;
        let constants = Constants {
            threads,
            live_threads_max: options.live_threads_max,
        };
        let uses = Uses::of(program, options);
        let reached = reach(
            &runtime,
            &program_imports,
            &runtime_functions,
            uses,
            &needs.runtime,
        )?;
        let runtime_imports = runtime_imports::decide(&mut spaces, &runtime, &reached, constants)?;
        for builtin in Builtin::always(threads).iter().chain(&needs.builtins) {
            spaces.import(ROOT, builtin.name, builtin.ty());
        }
        for index in 0..runtime.types.len() {
            if let Some(ty) = runtime.types.function(index) {
                spaces.intern(ty.clone());
            }
        }
        for (_, ty) in &needs.generated {
            spaces.intern(ty.clone());
        }
        spaces.intern(FuncType::new([], []));

        Ok(Self {
            runtime,
            runtime_functions,
            threads,
            uses,
            reached,
            spaces,
            program_imports,
            runtime_imports,
            needs,
            program_defined: count(program.module.functions.len()),
            program_tables: program.module.table_count,
            program_globals: count(program.module.globals.len()),
            program_tags: program.module.tag_count,
        })
    }

    /// The imports of the result.
    pub fn imports(&self) -> &[FunctionImport<'static>] {
        &self.spaces.imports
    }

    /// The types of the result that come behind the program's.
    pub fn added_types(&self) -> &[FuncType] {
        &self.spaces.types
    }

    /// How many types the result has.
    pub fn type_count(&self) -> u32 {
        self.spaces.type_count()
    }

    /// The index of a function type in the result.
    pub fn type_index(&self, ty: &FuncType) -> u32 {
        self.spaces.type_index(ty)
    }

    /// Where function `program_index` of the program is in the result.
    pub fn program_function(&self, program_index: u32) -> u32 {
        match self.program_imports.get(program_index as usize) {
            Some(ProgramImport::Runtime(function)) => self.runtime_function(*function),
            Some(ProgramImport::Trampoline(call)) => self.generated(call.trampoline),
            None => self.imported() + program_index - count(self.program_imports.len()),
        }
    }

    /// The call whose trampoline the import `program_index` of the program has become.
    pub fn trampoline(&self, program_index: u32) -> Option<&'static Call> {
        match self.program_imports.get(program_index as usize)? {
            ProgramImport::Trampoline(call) => Some(call),
            ProgramImport::Runtime(_) => None,
        }
    }

    /// Where function `runtime_index` of the runtime is in the result.
    ///
    /// An inlined import is no function, and nothing but a call may name it. Nothing names a
    /// function that is not reached.
    pub fn runtime_function(&self, runtime_index: u32) -> u32 {
        match self.runtime_import(runtime_index) {
            Some(RuntimeImport::Call(function)) => function,
            Some(RuntimeImport::Inline(_)) => unreachable!("the runtime takes no such address"),
            Some(RuntimeImport::Unreached) | None => self
                .reached_function(runtime_index)
                .unwrap_or_else(|| unreachable!("`Reached` follows every call")),
        }
    }

    /// Where function `runtime_index` of the runtime is in the result; `None` for an import, and
    /// for a function that is not reached.
    pub fn reached_function(&self, runtime_index: u32) -> Option<u32> {
        let defined = runtime_index.checked_sub(self.runtime.function_import_count())?;
        let place = self.reached.place(defined)?;
        Some(self.imported() + self.program_defined + place)
    }

    /// What stands in the result for an entry of the runtime's table. An entry that nothing reaches
    /// stays, as entries behind it must keep their place, and is some function.
    pub fn runtime_table_entry(&self, runtime_index: u32) -> u32 {
        match self.runtime_import(runtime_index) {
            Some(RuntimeImport::Call(function)) => function,
            _ => self
                .reached_function(runtime_index)
                .unwrap_or(self.imported() + self.program_defined),
        }
    }

    /// What import `runtime_index` of the runtime became; `None` for a defined function.
    pub fn runtime_import(&self, runtime_index: u32) -> Option<RuntimeImport> {
        self.runtime_imports.get(runtime_index as usize).copied()
    }

    /// Where the function is that the host asks for room, if the host may ask.
    pub fn realloc(&self) -> Option<u32> {
        let function = self.runtime_functions.index(calls::runtime::CABI_REALLOC);
        self.reached_function(function)
    }

    /// Where the generated function `name` is in the result.
    pub fn generated(&self, name: &str) -> u32 {
        let position = self.generated_names().position(|other| other == name);
        let position = position.unwrap_or_else(|| unreachable!("`{name}` was not planned"));
        self.first_generated() + count(position)
    }

    /// The names of the generated functions, in order.
    pub fn generated_names(&self) -> impl Iterator<Item = &'static str> {
        self.needs.generated.iter().map(|(name, _)| *name)
    }

    /// The index of the first generated function.
    pub fn first_generated(&self) -> u32 {
        self.imported() + self.program_defined + self.reached.count()
    }

    /// Where a built-in is in the result.
    pub fn builtin(&self, builtin: Builtin) -> u32 {
        self.spaces.import_index(ROOT, builtin.name)
    }

    /// The globals that passes add, with their indices in the result.
    pub fn added_globals(&self) -> impl Iterator<Item = (u32, &AddedGlobal)> {
        let first = self.program_globals + count(self.runtime.globals.len());
        (first..).zip(&self.needs.globals)
    }

    /// Where the added global `name` is in the result.
    pub fn added_global(&self, name: &str) -> u32 {
        let found = self.added_globals().find(|(_, global)| global.name == name);
        found.map_or_else(
            || unreachable!("`{name}` was not planned"),
            |(index, _)| index,
        )
    }

    /// The generated functions that are called before the program starts, and before a thread does.
    pub fn before_start(&self, starts: Starts) -> impl Iterator<Item = u32> {
        let before = self.needs.before_start.iter();
        let of_these = before.filter(move |(what, _)| *what == starts);
        of_these.map(|(_, helper)| self.generated(helper))
    }

    /// The table that holds the thread start function, and nothing else.
    pub fn start_table(&self) -> u32 {
        self.program_tables + self.runtime.table_count
    }

    /// The tag that ends a thread, if the program can throw it: `pthread_exit` is such a throw,
    /// caught where a thread starts. The tag is not the program's, so no `catch` of the program
    /// names it.
    pub fn exit_tag(&self) -> Option<u32> {
        let throws = |import: &ProgramImport| matches!(import, ProgramImport::Trampoline(call) if call.way == Way::Throws);
        let has_tag = self.program_imports.iter().any(throws);
        has_tag.then_some(self.program_tags)
    }

    fn imported(&self) -> u32 {
        count(self.spaces.imports.len())
    }
}

/// The functions of the runtime that the result needs. The host asks for room only if it returns
/// what needs room, so `cabi_realloc` is reached if an import that does is.
fn reach(
    runtime: &Module<'static>,
    imports: &[ProgramImport],
    functions: &RuntimeFunctions,
    uses: Uses,
    needed: &[RuntimeFunction],
) -> Result<Reached, Error> {
    let symbols = runtime::symbols()?;
    let reach = |has_realloc| {
        let roots = roots(imports, functions, uses, needed, has_realloc);
        Reached::from(runtime, &symbols, roots)
    };
    let reached = reach(false)?;
    let mut kept = (0..).zip(&runtime.function_imports);
    match kept.any(|(index, import)| reached.import(index) && wit::needs_realloc(import.module)) {
        true => reach(true),
        false => Ok(reached),
    }
}

/// The functions of the runtime that the program's imports, generated code and the host name.
fn roots(
    imports: &[ProgramImport],
    functions: &RuntimeFunctions,
    uses: Uses,
    needed: &[RuntimeFunction],
    has_realloc: bool,
) -> impl Iterator<Item = u32> {
    let behind = imports.iter().filter_map(|import| match import {
        ProgramImport::Runtime(function) => Some(*function),
        ProgramImport::Trampoline(call) => {
            call.behind().map(|export| functions.index(export.function))
        }
    });
    let begins = |import: &ProgramImport| matches!(import, ProgramImport::Trampoline(call) if matches!(call.way, Way::Begins(_)));
    let has_begins = imports.iter().any(begins);
    let is_named = move |function: &&RuntimeFunction| match **function {
        calls::runtime::CALL_END | calls::runtime::CALL_WAIT => has_begins,
        calls::runtime::LISTENERS_OPEN => uses.listeners,
        calls::runtime::PREOPENS_OPEN => uses.directories,
        calls::runtime::PATH_OUTSIDE
        | calls::runtime::ATOMIC_WAIT
        | calls::runtime::TURN_OVER
        | calls::runtime::STACK_FIND
        | calls::runtime::STACK_BOUNDS
        | calls::runtime::FAULT_STACK
        | calls::runtime::FAULT_FUNCTION_TYPE => needed.contains(*function),
        calls::runtime::THREAD_BEGIN => uses.threads,
        calls::runtime::CABI_REALLOC => has_realloc,
        _ => true,
    };
    let own = calls::runtime::ALL.iter().filter(is_named);
    behind.chain(own.map(|function| functions.index(*function)))
}

fn check_options(options: &Options) -> Result<(), Error> {
    let max = coopt_abi::thread::LIVE_MAX;
    match options.live_threads_max {
        found if (1..=max).contains(&found) => Ok(()),
        found => Err(Error::LiveThreads { max, found }),
    }
}

/// Whether the program asks for threads.
fn asks_for_threads(program: &Program<'_>) -> bool {
    let mut imports = program.module.function_imports.iter();
    imports.any(|import| imports::creates_threads(import.module, import.name))
}

impl Uses {
    /// What `program` uses.
    fn of(program: &Program<'_>, options: &Options) -> Self {
        let imports = &program.module.function_imports;
        let call = |import: &FunctionImport<'_>| Call::find(import.module, import.name);
        let any = |uses: fn(&Call) -> bool| imports.iter().filter_map(call).any(uses);
        Self {
            listeners: any(Call::accepts),
            directories: any(Call::uses_directories),
            threads: has_threads(program, options),
        }
    }
}

/// Whether the component gets threads: the program asks for them, and may have them.
pub fn has_threads(program: &Program<'_>, options: &Options) -> bool {
    asks_for_threads(program) && options.threads == Threads::On
}

fn check_thread_start(program: &Program<'_>) -> Result<(), Error> {
    if program.thread_start.is_some() || !asks_for_threads(program) {
        return Ok(());
    }
    Err(Error::MissingExport {
        rule: "a module that imports `thread-spawn` exports the function its threads start in",
        export: THREAD_START,
        remedy: "link it with `--export=wasi_thread_start`, as the wasm32-wasip1-threads \
                 targets of clang and rustc do",
    })
}
