//! The engines: coopt, and what it is compared with.
//!
//! | engine | what it is | what it shows |
//! |---|---|---|
//! | `coopt` | `coopt run` of the component (or of the module, on the fly) | the product |
//! | `wasi-sdk` | `coopt run` of the program linked with wasi-sdk's C library and threads | that coopt runs what others build |
//! | `plain` | `coopt run` of the program linked with wasi-sdk's C library without threads | that a module of preview1 alone is one like others |
//! | `stock` | the same module on a stock `wasmtime`, by its own preview1 | what another preview1 makes of it |
//! | `wasmtime` | the same component on a stock `wasmtime` | that components need nothing of ours |
//! | `native` | the same source on this machine's own threads | that the program and its expectation are right |
//! | `node` | the module before coopt touched it, on Node's workers | that lowering keeps the meaning |

/// Something that runs programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// `coopt run`.
    Coopt,
    /// `coopt run` of a program with wasi-sdk's C library.
    WasiSdk,
    /// `coopt run` of a program with wasi-sdk's C library without threads.
    Plain,
    /// A stock `wasmtime`, of the same module.
    Stock,
    /// A stock `wasmtime`.
    Wasmtime,
    /// This machine.
    Native,
    /// Node, with a worker for each thread.
    Node,
}

impl Engine {
    /// All engines, the engine under test first.
    pub const ALL: [Self; 7] = [
        Self::Coopt,
        Self::WasiSdk,
        Self::Plain,
        Self::Stock,
        Self::Wasmtime,
        Self::Native,
        Self::Node,
    ];

    /// The name of the engine in reports and expectations.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Coopt => "coopt",
            Self::WasiSdk => "wasi-sdk",
            Self::Plain => "plain",
            Self::Stock => "stock",
            Self::Wasmtime => "wasmtime",
            Self::Native => "native",
            Self::Node => "node",
        }
    }

    /// The engine whose reasons to skip a program hold for this one too, as both have
    /// the same C library.
    #[must_use]
    pub fn skips_as(self) -> Option<Self> {
        matches!(self, Self::Plain | Self::Stock).then_some(Self::WasiSdk)
    }

    /// The engine whose known failures are this one's too, as both have the same C
    /// library and the same preview1.
    #[must_use]
    pub fn fails_as(self) -> Option<Self> {
        (self == Self::Plain).then_some(Self::WasiSdk)
    }
}
