//! A stream that a file is read by.

use crate::host::Host;
use crate::stream::Readable;

/// A stream that stands somewhere in the file.
pub struct Reader<H: Host> {
    pub stream: Readable<H>,
    /// Where it stands.
    pub at: u64,
    /// The count of changes of files when it was opened. A host may have read ahead since.
    pub changes: u64,
}
