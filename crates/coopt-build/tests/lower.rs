//! What becomes of a program: `lower/<name>.wat` is the module, and
//! `lower/<name>.lowered` the program's part of the result.
//!
//! The runtime's functions are left out, and so are index comments, so that
//! a change of the runtime changes no expectation. Generated functions are
//! printed when the header asks for them: `;; print: coopt.perform`.
//! `COOPT_BLESS=1` writes the expectations anew.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;

use coopt_build::{Options, Threads, componentize, inspect};
use libtest_mimic::{Arguments, Trial};
use support::{Fixture, HOST, merged_module, validate};
use wasmparser::{KnownCustom, Name, Parser, Payload, WasmFeatures};

fn main() {
    let trials = Fixture::all("lower")
        .into_iter()
        .map(|fixture| Trial::test(fixture.name.clone(), move || Ok(lower(&fixture)?)));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn lower(fixture: &Fixture) -> Result<(), String> {
    let wasm = fixture.wasm();
    let options = fixture.options();
    let component = componentize(&wasm, &options).map_err(|error| error.to_string())?;
    validate(&component, HOST)?;
    check_off(&wasm)?;
    check_deterministic(&wasm, &options, &component)?;
    check_inspection(&wasm)?;

    let merged = merged_module(&component);
    let program = Shape::of(&wasm);
    check_names(&program, &Shape::of(merged))?;
    let generated: Vec<_> = fixture
        .directive("print")
        .unwrap_or("")
        .split(' ')
        .collect();
    fixture.expect("lowered", &program_part(&program, merged, &generated)?)
}

/// With threads off, a host without threads accepts the result.
fn check_off(wasm: &[u8]) -> Result<(), String> {
    let options = Options {
        threads: Threads::Off,
        ..Options::default()
    };
    let component = componentize(wasm, &options).map_err(|error| error.to_string())?;
    validate(&component, HOST.difference(WasmFeatures::CM_THREADING))
        .map_err(|error| format!("with threads off: {error}"))
}

/// The same input gives the same bytes, on any thread.
fn check_deterministic(wasm: &[u8], options: &Options, first: &[u8]) -> Result<(), String> {
    let elsewhere = std::thread::scope(|scope| {
        scope
            .spawn(|| componentize(wasm, options))
            .join()
            .expect("it does not panic")
    });
    for again in [componentize(wasm, options), elsewhere] {
        if again.map_err(|error| error.to_string())? != first {
            return Err("the same input gave other bytes".to_owned());
        }
    }
    Ok(())
}

fn check_inspection(wasm: &[u8]) -> Result<(), String> {
    let text = inspect(wasm)
        .map_err(|error| error.to_string())?
        .to_string();
    if text.contains("refuses") {
        Err(text)
    } else {
        Ok(())
    }
}

/// The functions of the program keep their names, and all others have one.
fn check_names(program: &Shape, merged: &Shape) -> Result<(), String> {
    for (index, name) in program.names.range(program.imports..) {
        let index = index - program.imports + merged.imports;
        if merged.names.get(&index) != Some(name) {
            return Err(format!("function {index} is no longer named {name}"));
        }
    }
    let of_program = merged.imports..merged.imports + program.functions;
    let mut others = (0..merged.imports + merged.functions).filter(|i| !of_program.contains(i));
    match others.find(|index| !merged.names.contains_key(index)) {
        Some(index) => Err(format!("function {index} has no name")),
        None => Ok(()),
    }
}

/// How much of each kind a module has.
#[derive(Default)]
struct Shape {
    types: u32,
    imports: u32,
    /// Each as `"module" "name"`, the text format of an import.
    import_names: Vec<String>,
    functions: u32,
    tables: u32,
    memories: u32,
    globals: u32,
    elements: u32,
    data: u32,
    names: BTreeMap<u32, String>,
}

impl Shape {
    fn of(module: &[u8]) -> Self {
        let mut shape = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload.expect("a valid module") {
                Payload::TypeSection(section) => shape.types = section.count(),
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import.expect("a valid import");
                        if matches!(import.ty, wasmparser::TypeRef::Func(_)) {
                            shape.imports += 1;
                        }
                        let name = format!("\"{}\" \"{}\"", import.module, import.name);
                        shape.import_names.push(name);
                    }
                }
                Payload::FunctionSection(section) => shape.functions = section.count(),
                Payload::TableSection(section) => shape.tables = section.count(),
                Payload::MemorySection(section) => shape.memories = section.count(),
                Payload::GlobalSection(section) => shape.globals = section.count(),
                Payload::ElementSection(section) => shape.elements = section.count(),
                Payload::DataSection(section) => shape.data = section.count(),
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(names) = section.as_known() {
                        shape.read_names(names);
                    }
                }
                _ => {}
            }
        }
        shape
    }

    fn read_names(&mut self, names: wasmparser::NameSectionReader<'_>) {
        for name in names {
            if let Name::Function(map) = name.expect("a valid name section") {
                let names = map.into_iter().map(|naming| naming.expect("a valid name"));
                self.names
                    .extend(names.map(|naming| (naming.index, naming.name.to_owned())));
            }
        }
    }
}

/// The text of the program's part of the merged module.
fn program_part(program: &Shape, merged: &[u8], generated: &[&str]) -> Result<String, String> {
    let text = wasmprinter::print_bytes(merged).map_err(|error| format!("{error:#}"))?;
    let mut counts = BTreeMap::<&str, u32>::new();
    let mut part = String::new();
    for item in items(&text) {
        let kind = item
            .trim_start()
            .trim_start_matches('(')
            .split([' ', '\n'])
            .next();
        let kind = kind.expect("an item has a kind");
        let count = counts.entry(kind).or_default();
        let position = *count;
        *count += 1;
        let keep = match kind {
            "import" => program.import_names.iter().any(|name| item.contains(name)),
            "func" => position < program.functions || generated.iter().any(|g| is_named(item, g)),
            "table" => position < program.tables,
            "memory" => position < program.memories.max(1),
            // The tag that ends a thread comes after the program's.
            "tag" => true,
            "global" => position < program.globals,
            "elem" => position < program.elements || item.contains(" declare "),
            "data" => position < program.data,
            "export" | "start" => true,
            _ => false,
        };
        if keep {
            writeln!(part, "{}", without_indices(item, program.types)).expect("a string takes all");
        }
    }
    Ok(part)
}

fn is_named(item: &str, name: &str) -> bool {
    item.split([' ', '\n'])
        .nth(3)
        .is_some_and(|found| found == format!("${name}"))
}

/// The top-level items of a printed module.
fn items(text: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<_> = text
        .match_indices("\n  (")
        .map(|(start, _)| start + 1)
        .collect();
    let ends = starts[1..]
        .iter()
        .copied()
        .chain([text.len()])
        .collect::<Vec<_>>();
    starts
        .into_iter()
        .zip(ends)
        .map(|(start, end)| text[start..end].trim_end())
}

/// The item without what moves with the size of the runtime: the `(;12;)`
/// after each name, the types that are not the program's, and the index that
/// tells two functions of one name apart.
fn without_indices(item: &str, program_types: u32) -> String {
    let is_index = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let item = replace(item, " (;", ";)", |index| is_index(index).then(String::new));
    let (head, body) = item.split_once('\n').unwrap_or((&item, ""));
    let head = replace(head, " (type ", ")", |index| {
        (index.parse::<u32>().ok()? >= program_types).then(String::new)
    });
    let item = if body.is_empty() {
        head
    } else {
        format!("{head}\n{body}")
    };
    replace(&item, "$\"#func", "\"", |name| {
        let (index, name) = name.split_once(' ')?;
        is_index(index).then(|| format!("${name}"))
    })
}

/// Replaces each text between `start` and `end`, both included, for which
/// `with` has a replacement.
fn replace(text: &str, start: &str, end: &str, with: impl Fn(&str) -> Option<String>) -> String {
    let (mut result, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(start) {
        let inside = &rest[at + start.len()..];
        let Some(length) = inside.find(end) else {
            break;
        };
        result.push_str(&rest[..at]);
        rest = &inside[length + end.len()..];
        match with(&inside[..length]) {
            Some(replacement) => result.push_str(&replacement),
            None => {
                result.push_str(start);
                result.push_str(&inside[..length + end.len()]);
            }
        }
    }
    result + rest
}
