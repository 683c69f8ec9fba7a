//! What the kernel knows of a file, in WASI's words.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use rustix::fs::{FileType, Stat};
use wasmtime_wasi::p3::bindings::clocks::system_clock::Instant;
use wasmtime_wasi::p3::bindings::filesystem::types::{
    DescriptorStat, DescriptorType, MetadataHashValue,
};

use super::kind::kind;

/// What the kernel knows of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Metadata(Stat);

impl Metadata {
    pub const fn new(stat: Stat) -> Self {
        Self(stat)
    }

    fn file_type(&self) -> FileType {
        FileType::from_raw_mode(self.0.st_mode)
    }

    pub fn is_link(&self) -> bool {
        self.file_type() == FileType::Symlink
    }

    pub fn is_folder(&self) -> bool {
        self.file_type() == FileType::Directory
    }

    pub fn kind(&self) -> DescriptorType {
        kind(self.file_type())
    }

    pub fn stat(&self) -> DescriptorStat {
        let stat = &self.0;
        DescriptorStat {
            type_: self.kind(),
            link_count: wide(stat.st_nlink),
            size: u64::try_from(stat.st_size).unwrap_or(0),
            data_access_timestamp: Some(instant(stat.st_atime, stat.st_atime_nsec)),
            data_modification_timestamp: Some(instant(stat.st_mtime, stat.st_mtime_nsec)),
            status_change_timestamp: Some(instant(stat.st_ctime, stat.st_ctime_nsec)),
        }
    }

    /// What tells the file from all others: the number that Wasmtime makes of its
    /// device and its inode.
    pub fn hash(&self) -> MetadataHashValue {
        /// Wasmtime has 64 bits to fill 128 with.
        const UPPER: u64 = 0x400921fb54442d18;
        let mut hasher = DefaultHasher::new();
        (wide(self.0.st_dev), wide(self.0.st_ino)).hash(&mut hasher);
        let lower = hasher.finish();
        MetadataHashValue {
            lower,
            upper: lower ^ UPPER,
        }
    }
}

// The fields have other types on other machines.

fn wide(number: impl Into<u64>) -> u64 {
    number.into()
}

fn instant(seconds: impl Into<i64>, nanoseconds: impl TryInto<u32>) -> Instant {
    Instant {
        seconds: seconds.into(),
        nanoseconds: nanoseconds.try_into().unwrap_or(0),
    }
}
