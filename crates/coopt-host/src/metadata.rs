//! What is known of a file, in WASI's words: its kind everywhere, and the rest on
//! Linux, where our functions tell it (`files`).

mod kind;
#[cfg(target_os = "linux")]
mod recent;
#[cfg(target_os = "linux")]
mod whole;

pub(crate) use self::kind::kind;
#[cfg(target_os = "linux")]
pub(crate) use self::recent::Recent;
#[cfg(target_os = "linux")]
pub(crate) use self::whole::Metadata;
