use std::collections::BTreeSet;

use wit_parser::{Function, InterfaceId, Resolve, Type, TypeDefKind, WorldItem};

use super::{REALLOCATING, world};

/// Whether the host needs room to return a value of the type.
fn has_list(resolve: &Resolve, ty: &Type) -> bool {
    let Type::Id(id) = ty else {
        return *ty == Type::String;
    };
    let has = |ty: &Type| has_list(resolve, ty);
    match &resolve.types[*id].kind {
        TypeDefKind::List(_) | TypeDefKind::Map(..) => true,
        TypeDefKind::Record(record) => record.fields.iter().any(|field| has(&field.ty)),
        TypeDefKind::Tuple(tuple) => tuple.types.iter().any(has),
        TypeDefKind::Variant(variant) => variant
            .cases
            .iter()
            .filter_map(|case| case.ty)
            .any(|ty| has(&ty)),
        TypeDefKind::Result(result) => [result.ok, result.err].iter().flatten().any(has),
        TypeDefKind::Option(ty) | TypeDefKind::FixedLengthList(ty, _) | TypeDefKind::Type(ty) => {
            has(ty)
        }
        // Only a handle is returned; the elements are judged on their own.
        TypeDefKind::Stream(_) | TypeDefKind::Future(_) => false,
        TypeDefKind::Resource
        | TypeDefKind::Handle(_)
        | TypeDefKind::Flags(_)
        | TypeDefKind::Enum(_) => false,
        TypeDefKind::Unknown => panic!("a parsed type is known"),
    }
}

/// Whether the host needs room for what a call of the function returns, or for what comes from its
/// streams and futures.
fn needs_room(resolve: &Resolve, function: &Function) -> bool {
    let ends = function.find_futures_and_streams(resolve);
    let elements = ends
        .into_iter()
        .filter_map(|id| match resolve.types[id].kind {
            TypeDefKind::Stream(element) | TypeDefKind::Future(element) => element,
            _ => panic!("it is a stream or a future"),
        });
    let mut returned = function.result.into_iter().chain(elements);
    returned.any(|ty| has_list(resolve, &ty))
}

fn imported(resolve: &Resolve, world: wit_parser::WorldId) -> Vec<InterfaceId> {
    let imports = resolve.worlds[world].imports.values();
    let interfaces = imports.filter_map(|item| match item {
        WorldItem::Interface { id, .. } => Some(*id),
        _ => None,
    });
    interfaces.collect()
}

#[test]
fn the_interfaces_that_return_lists_are_known() {
    let (resolve, world) = world().expect("the WIT is right");
    let needing = imported(&resolve, world).into_iter().filter(|id| {
        let functions = &resolve.interfaces[*id].functions;
        functions
            .values()
            .any(|function| needs_room(&resolve, function))
    });
    let needing: BTreeSet<String> = needing.filter_map(|id| resolve.id_of(id)).collect();
    let listed: BTreeSet<String> = REALLOCATING.map(str::to_owned).into();
    assert_eq!(listed, needing);
}
