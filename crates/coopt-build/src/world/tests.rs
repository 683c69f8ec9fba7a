use std::collections::BTreeSet;

use wasmparser::{Parser, Payload};

use super::{NAMES, Names, encode};
use crate::inspect::{Inspection, inspect};

/// A merged module that imports these functions, each given by its module, name and type.
fn module(imports: &[(&str, &str, &str)]) -> Vec<u8> {
    let import = |(module, name, ty): &(&str, &str, &str)| {
        format!("(import \"{module}\" \"{name}\" (func {ty}))")
    };
    let imports: String = imports.iter().map(import).collect();
    let text = format!(
        "(module {imports}
            (memory (export \"memory\") 1)
            (func (export \"wasi:cli/run@0.3.0#run\") (result i32) i32.const 0)
            (func (export \"cabi_realloc\") (param i32 i32 i32 i32) (result i32) unreachable))"
    );
    wat::parse_str(text).expect("the text is right")
}

/// The interfaces that the component around such a module imports.
fn imported(imports: &[(&str, &str, &str)]) -> BTreeSet<String> {
    let component = encode(module(imports), Names::Kept).expect("the WIT has the imports");
    match inspect(&component).expect("it is a component") {
        Inspection::Component(component) => component.imports.into_iter().collect(),
        Inspection::CoreModule(_) => panic!("it is no component"),
    }
}

#[test]
fn a_component_imports_nothing_of_its_own_accord() {
    assert_eq!(imported(&[]), BTreeSet::new());
}

#[test]
fn a_component_imports_what_its_module_does_and_the_types_of_that() {
    let stat = imported(&[(
        "wasi:filesystem/types@0.3.0",
        "[async-lower][method]descriptor.stat",
        "(param i32 i32) (result i32)",
    )]);
    let clock = "wasi:clocks/system-clock@0.3.0";
    let expected = [clock, "wasi:filesystem/types@0.3.0"];
    assert_eq!(stat, expected.map(str::to_owned).into());

    let write = imported(&[(
        "wasi:cli/stdout@0.3.0",
        "[async-lower][stream-write-0]write-via-stream",
        "(param i32 i32 i32) (result i32)",
    )]);
    let expected = ["wasi:cli/stdout@0.3.0", "wasi:cli/types@0.3.0"];
    assert!(
        write.is_subset(&expected.map(str::to_owned).into()),
        "{write:?}"
    );
}

#[test]
fn names_are_left_out_and_nothing_else() {
    let with = encode(module(&[]), Names::Kept).expect("the WIT has the imports");
    let without = encode(module(&[]), Names::LeftOut).expect("the WIT has the imports");
    let sections = |component: &[u8]| {
        let payloads = Parser::new(0).parse_all(component);
        let payloads = payloads.map(|payload| payload.expect("it is whole"));
        let shown = payloads.filter_map(|payload| match payload {
            Payload::CustomSection(custom) if custom.name() == NAMES => None,
            payload => payload.as_section().map(|(id, range)| (id, range.len())),
        });
        shown.collect::<Vec<_>>()
    };
    assert_eq!(sections(&with), sections(&without));
    assert!(with.len() > without.len());
    wasmparser::Validator::new_with_features(wasmparser::WasmFeatures::all())
        .validate_all(&without)
        .expect("it is valid");
}
