//! Holds the exports against the table of calls: each function that the table
//! names must be here, with the table's type. coopt-build checks the names in
//! the compiled module.

use crate::clock::*;
use crate::events::*;
use crate::fault::*;
use crate::futex::*;
use crate::outside::path_outside;
use crate::preview1::*;
use crate::runtime::{call_end, call_wait, program_start};
use crate::stack::*;
use crate::threads::*;
use crate::wasi::{cabi_realloc, listeners_open, preopens_open};

/// Holds the function behind a call against its row.
macro_rules! behind {
    ([$($ty:ty),*] [$($result:tt)*] direct($f:ident)) => {
        const _: extern "C" fn($($ty),*) $($result)* = $f;
    };
    ([$($ty:ty),*] $result:tt gives_way($f:ident)) => {
        const _: extern "C" fn($($ty),*) -> u32 = $f;
    };
    ([$($ty:ty),*] $result:tt waits($f:ident)) => {
        const _: extern "C" fn($($ty),*) -> u32 = $f;
    };
    ([$($ty:ty),*] $result:tt compares($f:ident)) => {
        const _: extern "C" fn($($ty),*) -> u32 = $f;
    };
    ([$($ty:ty),*] $result:tt begins($f:ident)) => {
        const _: extern "C" fn($($ty),*) -> u32 = $f;
    };
    ([$($ty:ty),*] $result:tt throws()) => {};
}

/// Leaves out the parameter `expected`, which only a trampoline sees.
macro_rules! asked {
    ([$($done:tt)*] [expected: $skipped:ty, $($rest:tt)*] $($then:tt)*) => {
        asked! { [$($done)*] [$($rest)*] $($then)* }
    };
    ([$($done:ty),*] [$param:ident: $ty:ty, $($rest:tt)*] $($then:tt)*) => {
        asked! { [$($done,)* $ty] [$($rest)*] $($then)* }
    };
    ([$($done:ty),*] [] $($then:tt)*) => {
        behind! { [$($done),*] $($then)* }
    };
}

macro_rules! check {
    ($(
        $(#[doc = $doc:literal])*
        $module:literal $name:literal: $safety:ident fn $own:ident($($param:ident: $ty:tt),* $(,)?)
            $(-> $result:tt)? = $way:ident($($function:ident),*) $($placed:ident)?;
    )*) => {
        $(asked! { [] [$($param: $ty,)*] [$(-> $result)?] $way($($function),*) })*
    };
}

macro_rules! check_own {
    ($(
        $(#[doc = $doc:literal])*
        $const:ident = $own:ident($($param:ident: $ty:ty),* $(,)?) $(-> $result:ty)?;
    )*) => {
        $(const _: extern "C" fn($($ty),*) $(-> $result)? = $own;)*
    };
}

coopt_abi::calls!(check);
coopt_abi::runtime_calls!(check_own);
