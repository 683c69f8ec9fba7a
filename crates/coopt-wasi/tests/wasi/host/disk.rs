//! A small file system in memory.

use std::collections::BTreeMap;

/// Cases of `error-code`.
pub mod code {
    pub const EXIST: u8 = 6;
    pub const IO: u8 = 12;
    pub const IS_DIRECTORY: u8 = 13;
    pub const LOOP: u8 = 14;
    pub const NO_ENTRY: u8 = 19;
    pub const NO_SPACE: u8 = 22;
    pub const NOT_DIRECTORY: u8 = 23;
    pub const NOT_EMPTY: u8 = 24;
    pub const INVALID: u8 = 11;
    /// `other`, with a text.
    pub const OTHER: u8 = 36;
    /// `other`, without a text: no number of WIT.
    pub const OTHER_SILENT: u8 = 136;
}

/// A file's number. The root is 0.
pub type Inode = usize;

/// An instant: seconds and nanoseconds.
pub type Instant = (i64, u32);

#[derive(Clone, Debug)]
pub enum Kind {
    File(Vec<u8>),
    Directory(BTreeMap<String, Inode>),
    Link(String),
    /// Of another type: the case of `descriptor-type`, and what `other` says.
    Odd(u8, Option<&'static str>),
}

impl Kind {
    /// The case of `descriptor-type`, and what `other` says.
    pub fn descriptor_type(&self) -> (u8, Option<&'static str>) {
        match self {
            Self::Directory(_) => (2, None),
            Self::Link(_) => (4, None),
            Self::File(_) => (5, None),
            Self::Odd(case, text) => (*case, *text),
        }
    }
}

#[derive(Clone, Debug)]
pub struct File {
    pub kind: Kind,
    pub links: u64,
    pub access: Option<Instant>,
    pub modification: Option<Instant>,
    pub change: Option<Instant>,
}

pub struct Disk {
    files: Vec<File>,
}

impl Disk {
    /// An empty directory.
    pub fn new() -> Self {
        let mut disk = Self { files: Vec::new() };
        disk.add(Kind::Directory(BTreeMap::new()));
        disk
    }

    pub fn add(&mut self, kind: Kind) -> Inode {
        self.files.push(File {
            kind,
            links: 1,
            access: None,
            modification: None,
            change: None,
        });
        self.files.len() - 1
    }

    pub fn get(&self, inode: Inode) -> &File {
        &self.files[inode]
    }

    pub fn get_mut(&mut self, inode: Inode) -> &mut File {
        &mut self.files[inode]
    }

    /// The bytes of a file.
    pub fn bytes(&mut self, inode: Inode) -> Result<&mut Vec<u8>, u8> {
        match &mut self.files[inode].kind {
            Kind::File(bytes) => Ok(bytes),
            Kind::Directory(_) => Err(code::IS_DIRECTORY),
            Kind::Link(_) | Kind::Odd(..) => Err(code::INVALID),
        }
    }

    /// The entries of a directory.
    pub fn entries(&mut self, inode: Inode) -> Result<&mut BTreeMap<String, Inode>, u8> {
        match &mut self.files[inode].kind {
            Kind::Directory(entries) => Ok(entries),
            _ => Err(code::NOT_DIRECTORY),
        }
    }

    /// Puts a file where a path from the root says. Its directory is there.
    pub fn put(&mut self, path: &str, kind: Kind) -> Inode {
        let inode = self.add(kind);
        let (directory, name) = self.place(0, path).expect("the directory is there");
        let entries = self.entries(directory).expect("a directory");
        entries.insert(name, inode);
        inode
    }

    /// The file at a path.
    pub fn find(&mut self, from: Inode, path: &str, follow: bool) -> Result<Inode, u8> {
        let mut at = from;
        let mut parts = path.split('/').filter(|part| !part.is_empty()).peekable();
        while let Some(part) = parts.next() {
            let next = match part {
                "." => at,
                _ => *self.entries(at)?.get(part).ok_or(code::NO_ENTRY)?,
            };
            let is_last = parts.peek().is_none();
            at = match &self.files[next].kind {
                Kind::Link(target) if follow || !is_last => {
                    let target = target.clone();
                    if target == part {
                        return Err(code::LOOP);
                    }
                    self.find(at, &target, true)?
                }
                _ => next,
            };
        }
        Ok(at)
    }

    /// The directory and the name that a path says, whether or not something is there.
    pub fn place(&mut self, from: Inode, path: &str) -> Result<(Inode, String), u8> {
        let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
        let directory = self.find(from, directory, true)?;
        Ok((directory, name.to_owned()))
    }
}
