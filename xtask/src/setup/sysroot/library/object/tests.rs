use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, process};

use coopt_cc::Clang;
use wasm_encoder::{
    CodeSection, EntityType, Function, FunctionSection, ImportSection, LinkingSection, SymbolTable,
    TypeSection,
};
use wasmparser::{KnownCustom, Linking as Part, RelocationType};

use super::*;
use crate::command;

/// An object with one import and two functions: one is weak and has a second symbol, the other
/// is local. `last` is the name of its last section.
fn object(last: &str) -> Vec<u8> {
    let mut object = wasm_encoder::Module::new();
    let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
    types.ty().function([], []);
    imports.import("env", "other", EntityType::Function(0));
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    for _ in 0..2 {
        functions.function(0);
        let mut body = Function::new([]);
        body.instructions().end();
        code.function(&body);
    }
    let mut symbols = SymbolTable::new();
    symbols.function(SymbolTable::WASM_SYM_BINDING_WEAK, 1, Some("weak"));
    symbols.function(SymbolTable::WASM_SYM_UNDEFINED, 0, None);
    symbols.function(SymbolTable::WASM_SYM_BINDING_LOCAL, 2, Some("local"));
    symbols.function(0, 1, Some("strong"));
    let mut linking = LinkingSection::new();
    linking.symbol_table(&symbols);
    object.section(&types).section(&imports);
    object.section(&functions).section(&code).section(&linking);
    object.section(&CustomSection {
        name: last.into(),
        data: (&[]).into(),
    });
    object.finish()
}

fn customs(object: &[u8]) -> Vec<CustomSectionReader<'_>> {
    let payloads = Parser::new(0).parse_all(object);
    let customs = payloads.filter_map(|payload| match payload.expect("it can be read") {
        Payload::CustomSection(section) => Some(section),
        _ => None,
    });
    customs.collect()
}

/// The function symbols of an object: index of the function, name, whether it is local.
fn symbols<'a>(linking: &CustomSectionReader<'a>) -> Vec<(u32, Option<&'a str>, bool)> {
    let KnownCustom::Linking(parts) = linking.as_known() else {
        panic!("it is the section of symbols")
    };
    let tables = parts.into_iter().filter_map(|part| match part {
        Ok(Part::SymbolTable(table)) => Some(table),
        _ => None,
    });
    let symbols = tables.flatten().map(|symbol| match symbol {
        Ok(SymbolInfo::Func { flags, index, name }) => {
            (index, name, flags == SymbolFlags::BINDING_LOCAL)
        }
        other => panic!("there are only functions, and this is {other:?}"),
    });
    symbols.collect()
}

#[test]
fn each_defined_function_is_named_by_a_symbol_that_stays_its_own() {
    let before = object("producers");
    let after = name_functions(&before).expect("it is an object");
    let after = after.expect("it has functions");
    let customs = customs(&after);
    let names: Vec<&str> = customs.iter().map(CustomSectionReader::name).collect();
    assert_eq!(
        names,
        [
            "linking",
            "producers",
            "coopt.library",
            "reloc.coopt.library"
        ]
    );
    assert_eq!(
        symbols(&customs[0]),
        [
            (1, Some("weak"), false),
            (0, None, false),
            (2, Some("local"), true),
            (1, Some("strong"), false),
            (1, Some("weak"), true),
            (2, Some("local"), true),
        ]
    );
    assert_eq!(customs[2].data(), [0; 8]);
    let KnownCustom::Reloc(relocations) = customs[3].as_known() else {
        panic!("it has relocations")
    };
    // Types, imports, functions, code, and two custom sections come before.
    assert_eq!(relocations.section_index(), 6);
    let entries = relocations.entries().into_iter().map(|entry| {
        let entry = entry.expect("it can be read");
        assert_eq!(entry.ty, RelocationType::FunctionOffsetI32);
        (entry.offset, entry.index, entry.addend)
    });
    assert_eq!(entries.collect::<Vec<_>>(), [(0, 4, 0), (4, 5, 0)]);
    let linking = Outline::read(&before).expect("it is an object").linking;
    let linking = linking.expect("it has symbols").range;
    assert_eq!(after[..linking.start], before[..linking.start]);
}

#[test]
fn what_needs_no_names_is_left_alone() {
    let unchanged = |object: &[u8]| name_functions(object).expect("it is an object").is_none();
    assert!(unchanged(&object(SECTION)));
    assert!(unchanged(&wasm_encoder::Module::new().finish()));
    let once = name_functions(&object("producers")).expect("it is an object");
    assert!(unchanged(&once.expect("it has functions")));
}

#[test]
fn what_is_wrong_is_said() {
    let whole = object("producers");
    assert!(matches!(
        name_functions(b"not wasm"),
        Err(Error::Unreadable(_))
    ));
    assert!(matches!(
        name_functions(&whole[..whole.len() - 1]),
        Err(Error::Unreadable(_))
    ));
    let component = wasm_encoder::Component::new().finish();
    assert!(matches!(name_functions(&component), Err(Error::Component)));
    let linked = wat::parse_str("(module (func))").expect("the text is right");
    assert!(matches!(name_functions(&linked), Err(Error::NoSymbols)));
}

/// A library of four functions, one of them weak.
const LIBRARY: &str = "
    __attribute__((weak, noinline)) void hook(void) { __asm__ volatile(\"\"); }
    __attribute__((weak, noinline)) void other_hook(void) { __asm__ volatile(\"\"); }
    void wrapped(void) { hook(); }
    void library(void) { other_hook(); wrapped(); }
";

/// A program that replaces `hook`, and with `--wrap` also `wrapped`.
const PROGRAM: &str = "
    void library(void);
    volatile int calls;
    void hook(void) { calls = calls + 1; }
    void __wrap_wrapped(void) { calls = calls + 2; }
    void wrapped(void);
    void _start(void) { library(); wrapped(); hook(); }
";

fn compile(clang: &Clang, folder: &Path, name: &str, source: &str) -> PathBuf {
    let file = folder.join(name).with_extension("c");
    let object = file.with_extension("o");
    fs::write(&file, source).expect("the folder can be written to");
    let mut command = Command::new(clang.program());
    command.args(["--target=wasm32-wasip1", "-O1", "-ffreestanding", "-c"]);
    command::run_quietly(command.arg(&file).arg("-o").arg(&object)).expect("it compiles");
    object
}

/// The bodies of a linked module that its section names, and the number of the section's entries,
/// those of functions that the linker left out included.
fn named_bodies(module: &[u8]) -> (Vec<usize>, usize) {
    let (mut code_start, mut bodies, mut named) = (0, Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload.expect("the linker writes wasm") {
            Payload::CodeSectionStart { range, .. } => code_start = range.start,
            Payload::CodeSectionEntry(body) => bodies.push(body.range().start),
            Payload::CustomSection(section) if section.name() == SECTION => {
                let (entries, _) = section.data().as_chunks::<4>();
                named.extend(entries.iter().map(|entry| u32::from_le_bytes(*entry)));
            }
            _ => {}
        }
    }
    let begins = |offset: &u32| code_start + *offset as usize;
    let starts: Vec<usize> = named.iter().map(begins).collect();
    let bodies = bodies.iter().enumerate();
    let found = bodies.filter(|(_, start)| starts.contains(start));
    (found.map(|(index, _)| index).collect(), named.len())
}

#[test]
fn what_a_program_puts_in_the_place_of_a_library_function_is_its_own() {
    let clang = Clang::find().expect("clang is there");
    let folder = env::temp_dir().join(format!("coopt-library-{}", process::id()));
    fs::create_dir_all(&folder).expect("there is a folder for such files");
    let program = compile(&clang, &folder, "program", PROGRAM);
    let library = compile(&clang, &folder, "library", LIBRARY);
    let object = fs::read(&library).expect("clang has written it");
    let object = name_functions(&object).expect("it is an object");
    fs::write(&library, object.expect("it has functions")).expect("it can be written");
    let linked = folder.join("linked.wasm");
    let link = |options: &[&str]| {
        let mut linker = Command::new(clang.tool("wasm-ld").expect("wasm-ld is there"));
        linker.args(options).args([&program, &library]);
        command::run_quietly(linker.arg("-o").arg(&linked)).expect("it links");
        named_bodies(&fs::read(&linked).expect("the linker has written it"))
    };
    // In order: `hook` and `_start`; `other_hook`, `wrapped` and `library`.
    let plain = link(&["--gc-sections"]);
    let stripped = link(&["--strip-all", "--compress-relocations"]);
    // The program's `__wrap_wrapped` comes after its `hook`.
    let wrapped = link(&["--wrap=wrapped"]);
    fs::remove_dir_all(&folder).expect("the folder is ours");
    assert_eq!(plain, (vec![2, 3, 4], 4));
    assert_eq!(stripped, (vec![2, 3, 4], 4));
    assert_eq!(wrapped, (vec![3, 4], 4));
}
