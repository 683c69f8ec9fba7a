//! The types of a module, by index.
//!
//! Most are function types, and only function types are looked at. Types of garbage collection and
//! stack switching are kept in their groups, so that every type keeps its index.

use wasm_encoder::TypeSection;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasmparser::{CompositeInnerType, FuncType, RecGroup, SubType};

use crate::error::Error;
use crate::module::index::count;

/// The types of a module.
#[derive(Clone, Debug, Default)]
pub struct Types {
    types: Vec<SubType>,
    /// How many types each group has; `None` for a type that stands alone.
    groups: Vec<Option<usize>>,
}

impl Types {
    /// Adds a group of types, which may refer to each other; nearly always it is one type.
    pub fn push(&mut self, group: RecGroup) {
        let first = self.types.len();
        let is_group = group.is_explicit_rec_group();
        self.types.extend(group.into_types());
        self.groups.push(is_group.then(|| self.types.len() - first));
    }

    /// How many types there are.
    pub fn len(&self) -> u32 {
        count(self.types.len())
    }

    /// The function type at an index. `None` never happens for the type that a validated module
    /// gives a function.
    pub fn function(&self, index: u32) -> Option<&FuncType> {
        match &self.types.get(index as usize)?.composite_type.inner {
            CompositeInnerType::Func(ty) => Some(ty),
            _ => None,
        }
    }

    /// The function types that a function of the runtime or a generated function may have: those
    /// that stand alone, are final, have no supertype and are not shared.
    pub fn plain_functions(&self) -> impl Iterator<Item = (u32, &FuncType)> {
        let alone = self.groups.iter().scan(0, |next, group| {
            let index = *next;
            *next += group.unwrap_or(1);
            Some((count(index), group.is_none()))
        });
        alone.filter_map(|(index, is_alone)| {
            let ty = self.types.get(index as usize)?;
            let plain =
                is_alone && ty.is_final && ty.supertype_idx.is_none() && !ty.composite_type.shared;
            Some((index, self.function(index).filter(|_| plain)?))
        })
    }

    /// Writes the types to `section`, each at the index it has here.
    pub fn encode(&self, section: &mut TypeSection) -> Result<(), Error> {
        let mut rest = self.types.iter();
        for group in &self.groups {
            let group_len = group.unwrap_or(1);
            let types = rest.by_ref().take(group_len);
            let types = types.map(|ty| RoundtripReencoder.sub_type(ty.clone()));
            let types: Vec<_> = types.collect::<Result<_, _>>().map_err(Error::internal)?;
            match (group, &types[..]) {
                (None, [ty]) => section.ty().subtype(ty),
                _ => section.ty().rec(types),
            }
        }
        Ok(())
    }
}
