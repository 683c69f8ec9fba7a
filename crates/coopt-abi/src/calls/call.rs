//! What a row of the table says.

/// The import module of our own calls.
pub const MODULE: &str = "coopt";

/// The import module of the calls of WASI preview 1.
pub const PREVIEW1: &str = "wasi_snapshot_preview1";

/// A number type of WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// 32 bits.
    I32,
    /// 64 bits.
    I64,
}

/// A parameter of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name in the table.
    pub name: &'static str,
    /// Its type.
    pub ty: Type,
}

/// A function of the runtime, by the name of its export. Only the tables make such values, so
/// [`runtime_exports`](super::runtime_exports) lists each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RuntimeFunction(pub(super) &'static str);

impl RuntimeFunction {
    /// The name of the export.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// How a call is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `direct(f)`: the program calls `f` of the runtime, which has the call's type.
    Direct(RuntimeFunction),
    /// `gives_way(f)`: a trampoline asks `f`, which takes the call's parameters, for an action
    /// and performs it. The trampoline returns 0 if the call has a result.
    GivesWay(RuntimeFunction),
    /// `waits(f)`: as `gives_way(f)`, but the trampoline returns the wait's outcome.
    Waits(RuntimeFunction),
    /// `compares(f)`: as `waits(f)`, but the trampoline first compares the word at the parameter
    /// [`ADDR`] with the parameter [`EXPECTED`]. If they differ, it returns
    /// [`Outcome::NotEqual`](crate::wait::Outcome::NotEqual). If not, it asks `f`, which takes
    /// all parameters but [`EXPECTED`].
    Compares(RuntimeFunction),
    /// `begins(f)`: a trampoline asks `f`, which takes the call's parameters, for an action,
    /// performs it, and returns what [`CALL_END`](super::runtime::CALL_END) returns. While that is
    /// [`AGAIN`], the trampoline asks [`CALL_WAIT`](super::runtime::CALL_WAIT) for the next action.
    Begins(RuntimeFunction),
    /// `throws()`: a trampoline throws the tag that ends a thread.
    Throws,
}

/// The parameter of a [`Way::Compares`] that is the address of the word.
pub const ADDR: &str = "addr";
/// The parameter of a [`Way::Compares`] that the word is compared with.
pub const EXPECTED: &str = "expected";

/// What the end of a [`Way::Begins`] returns for "not yet": no errno is negative.
pub const AGAIN: i32 = -1;

/// A bit beside `EINTR` in what a call returns: the call had a time of its own (`SO_RCVTIMEO`), so it
/// does not begin again after a handler. Callers that know nothing of it read the low 16 bits, as
/// preview 1's errnos are.
pub const HAD_TIME: i32 = 1 << 16;

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The import's module.
    pub module: &'static str,
    /// The import's name.
    pub name: &'static str,
    /// The trampoline's name in a backtrace, if the call has a trampoline.
    pub trampoline: &'static str,
    /// Its parameters.
    pub params: &'static [Param],
    /// Its result. A call that does not return has none.
    pub result: Option<Type>,
    /// How the call is carried out.
    pub way: Way,
    /// Whether the trampoline may take the place of the instruction that calls it.
    pub in_place: bool,
}

impl Call {
    /// The function of the runtime behind the call, if there is one.
    #[must_use]
    pub fn behind(&'static self) -> Option<RuntimeExport> {
        let action = Some(Type::I32);
        let (function, result) = match self.way {
            Way::Direct(function) => (function, self.result),
            Way::GivesWay(ask) | Way::Waits(ask) | Way::Compares(ask) | Way::Begins(ask) => {
                (ask, action)
            }
            Way::Throws => return None,
        };
        Some(RuntimeExport {
            function,
            params: Params::Asked(self),
            result,
        })
    }

    /// The parameters of the function of the runtime behind the call.
    pub fn asked(&self) -> impl Iterator<Item = Param> {
        let compares = matches!(self.way, Way::Compares(_));
        let params = self.params.iter().copied();
        params.filter(move |param| !(compares && param.name == EXPECTED))
    }
}

/// Where the parameters of a function of the runtime stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Params {
    /// In the row of the call that passes them on.
    Asked(&'static Call),
    /// In this value.
    Own(&'static [Param]),
}

/// A function that the runtime exports for programs or for generated code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuntimeExport {
    /// The function.
    pub function: RuntimeFunction,
    pub(super) params: Params,
    /// Its result.
    pub result: Option<Type>,
}

impl RuntimeExport {
    /// The types of its parameters.
    pub fn param_types(&self) -> impl Iterator<Item = Type> {
        let (call, own) = match self.params {
            Params::Asked(call) => (Some(call), &[][..]),
            Params::Own(own) => (None, own),
        };
        let asked = call.into_iter().flat_map(Call::asked);
        asked.chain(own.iter().copied()).map(|param| param.ty)
    }
}
