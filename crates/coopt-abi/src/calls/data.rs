//! The table as data.

use crate::calls::call::{
    Call, PREVIEW1, Param, Params, RuntimeExport, RuntimeFunction, Type, Way,
};

impl Call {
    /// The row for the import `module`.`name`.
    #[must_use]
    pub fn find(module: &str, name: &str) -> Option<&'static Self> {
        CALLS
            .iter()
            .find(|call| call.module == module && call.name == name)
    }

    /// Whether the call creates a thread.
    #[must_use]
    pub fn creates_threads(&self) -> bool {
        self.way == rows::thread_spawn.way
    }

    /// Whether the call can accept connections at a socket that listens from the start.
    #[must_use]
    pub fn accepts(&self) -> bool {
        self.way == rows::sock_accept.way
    }

    /// Whether the call can use a directory that is open from the start.
    #[must_use]
    pub fn uses_directories(&self) -> bool {
        const FAMILIES: [&str; 3] = ["path_", "fd_prestat_", "fd_readdir"];
        let mut families = FAMILIES.iter();
        self.module == PREVIEW1 && families.any(|family| self.name.starts_with(family))
    }
}

/// All functions that the runtime exports. A function behind two calls is listed twice.
pub fn runtime_exports() -> impl Iterator<Item = RuntimeExport> {
    let behind = CALLS.iter().filter_map(Call::behind);
    behind.chain(RUNTIME.iter().copied())
}

/// The [`Type`] of a number, from its Rust name.
macro_rules! number {
    (u32) => {
        Type::I32
    };
    (i32) => {
        Type::I32
    };
    (u64) => {
        Type::I64
    };
    (i64) => {
        Type::I64
    };
}

/// The result of a call.
macro_rules! result {
    () => {
        None
    };
    (!) => {
        None
    };
    ($ty:tt) => {
        Some(number!($ty))
    };
}

/// The [`Way`] of a row.
macro_rules! way {
    (direct($f:ident)) => {
        Way::Direct(RuntimeFunction(stringify!($f)))
    };
    (gives_way($f:ident)) => {
        Way::GivesWay(RuntimeFunction(stringify!($f)))
    };
    (waits($f:ident)) => {
        Way::Waits(RuntimeFunction(stringify!($f)))
    };
    (compares($f:ident)) => {
        Way::Compares(RuntimeFunction(stringify!($f)))
    };
    (begins($f:ident)) => {
        Way::Begins(RuntimeFunction(stringify!($f)))
    };
    (throws()) => {
        Way::Throws
    };
}

/// Whether the row says `in_place`.
macro_rules! placed {
    () => {
        false
    };
    (in_place) => {
        true
    };
}

macro_rules! params {
    ($($param:ident: $ty:tt),*) => {
        &[$(Param { name: stringify!($param), ty: number!($ty) }),*]
    };
}

macro_rules! data {
    ($(
        $(#[doc = $doc:literal])*
        $module:literal $name:literal: $safety:ident fn $own:ident($($param:ident: $ty:tt),* $(,)?)
            $(-> $result:tt)? = $way:ident($($function:ident),*) $($placed:ident)?;
    )*) => {
        /// A page for each call.
        pub mod rows {
            #![expect(
                non_upper_case_globals,
                reason = "each has the name of the function that it describes"
            )]
            use super::{Call, Param, RuntimeFunction, Type, Way};
            $(
                $(#[doc = $doc])*
                ///
                #[doc = concat!(
                    "`", $module, ".", $name, stringify!(($($param: $ty),*) $(-> $result)?), "`"
                )]
                pub const $own: Call = Call {
                    module: $module,
                    name: $name,
                    trampoline: concat!("coopt.", stringify!($own)),
                    params: params!($($param: $ty),*),
                    result: result!($($result)?),
                    way: way!($way($($function),*)),
                    in_place: placed!($($placed)?),
                };
            )*
        }

        /// The table.
        pub static CALLS: &[Call] = &[$(rows::$own),*];
    };
}

macro_rules! runtime_data {
    ($(
        $(#[doc = $doc:literal])*
        $const:ident = $own:ident($($param:ident: $ty:tt),* $(,)?) $(-> $result:tt)?;
    )*) => {
        /// The functions of the runtime that generated code, or the host, calls of its own accord.
        pub mod runtime {
            use super::RuntimeFunction;
            $(
                $(#[doc = $doc])*
                pub const $const: RuntimeFunction = RuntimeFunction(stringify!($own));
            )*
            /// The calling thread's id, as for `coopt.thread_self`.
            pub const THREAD_SELF: RuntimeFunction = RuntimeFunction("thread_self");
            /// `memory.atomic.notify`, as for `coopt.futex_wake`.
            pub const FUTEX_WAKE: RuntimeFunction = RuntimeFunction("futex_wake");
            /// The bounds of the calling thread's stack, as for `coopt.stack_bounds`.
            pub const STACK_BOUNDS: RuntimeFunction = RuntimeFunction("stack_bounds");
            /// Every function above.
            pub static ALL: &[RuntimeFunction] =
                &[$($const,)* THREAD_SELF, FUTEX_WAKE, STACK_BOUNDS];
        }

        /// The functions of [`runtime`] that are behind no call.
        static RUNTIME: &[RuntimeExport] = &[$(RuntimeExport {
            function: runtime::$const,
            params: Params::Own(params!($($param: $ty),*)),
            result: result!($($result)?),
        }),*];
    };
}

crate::calls!(data);
crate::runtime_calls!(runtime_data);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::call::{ADDR, EXPECTED, MODULE};

    #[test]
    fn a_row_is_found_by_its_import() {
        for call in CALLS {
            assert_eq!(Call::find(call.module, call.name), Some(call));
        }
        assert_eq!(Call::find(MODULE, "no_such_call"), None);
    }

    #[test]
    fn a_row_can_be_carried_out() {
        for call in CALLS {
            let has = |name| {
                call.params
                    .iter()
                    .filter(|param| param.name == name)
                    .count()
            };
            if let Way::Compares(_) = call.way {
                assert_eq!((has(ADDR), has(EXPECTED)), (1, 1), "{}", call.name);
            }
            if let Way::Waits(_) | Way::Compares(_) | Way::Begins(_) = call.way {
                assert_eq!(call.result, Some(Type::I32), "{}", call.name);
            }
            let waits = matches!(call.way, Way::Waits(_) | Way::Compares(_));
            assert!(waits || !call.in_place, "{}", call.name);
        }
    }

    #[test]
    fn a_function_behind_two_calls_has_one_type() {
        for one in runtime_exports() {
            for other in runtime_exports().filter(|other| other.function == one.function) {
                let name = one.function.name();
                assert!(one.param_types().eq(other.param_types()), "{name}");
                assert_eq!(one.result, other.result, "{name}");
            }
        }
        for function in [
            runtime::THREAD_SELF,
            runtime::FUTEX_WAKE,
            runtime::STACK_BOUNDS,
        ] {
            assert!(runtime_exports().any(|export| export.function == function));
        }
    }
}
