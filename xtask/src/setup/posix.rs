//! The Open POSIX Test Suite: an independent test of the thread layer
//! (`cargo xtask conformance`).
//!
//! The suite is under the GNU General Public License, version 2. So it is
//! fetched and run, and no part of the suite is in the repository or in our
//! products.

use std::path::PathBuf;

use anyhow::Result;

use super::announce::announce;
use super::debian::SourcePackage;
use crate::{layout, stamp};

/// The suite, as Debian has it.
const PACKAGE: SourcePackage = SourcePackage {
    package: "posixtestsuite=1.5.2-8",
    release: "bookworm",
    tarball: "posixtestsuite_1.5.2.orig.tar.gz",
    sha256: "15a2185672127cba851d35ec9d538ff6148defdbb75f99c7e9c50aeba0f94757",
    why: "to test the thread layer with a suite nobody here wrote",
};

/// The digest that tells one version of the suite from another.
pub const DIGEST: &str = PACKAGE.sha256;

/// Where the suite lies.
pub fn folder() -> PathBuf {
    layout::posix().join("suite")
}

/// Unpacks the suite into [`folder`].
///
/// # Errors
/// When the suite cannot be fetched or unpacked.
pub fn ensure() -> Result<()> {
    let stamp_file = layout::posix().join("stamp");
    if stamp::is_current(&stamp_file, PACKAGE.sha256) {
        return Ok(());
    }
    announce("unpacking the Open POSIX Test Suite");
    PACKAGE.unpack(&folder())?;
    stamp::write(&stamp_file, PACKAGE.sha256)
}
