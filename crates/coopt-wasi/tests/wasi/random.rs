//! Calls with arguments that make no sense: each ends with an errno, or traps on an address out of
//! bounds, and the layer is in order afterwards.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use coopt_wasi::{Begun, Buffers, Errno, OpenAt, Path, Rights, Span, Times, Transfer, Ways};

use crate::call::Call;
use crate::host::Step;
use crate::world::World;

/// How many programs there are, and how many calls each makes.
const PROGRAMS: u64 = 3_000;
const CALLS: usize = 40;

/// Pseudo-random numbers (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 16) % limit as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn fd(&mut self) -> u32 {
        self.one_of(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 40, 16_383, 16_384, u32::MAX])
    }

    /// An address of the program, or one out of bounds. None is so high that a record there would go
    /// round, and none is near the end: the layer's own room follows, which a program can damage, to
    /// its own harm.
    fn address(&mut self, world: &World) -> u32 {
        let end = world.host().memory.program_len - 128;
        match self.below(6) {
            0 => self.one_of(&[0, 8, 1 << 31, u32::MAX - 4_096]),
            _ => self.below(end as usize) as u32,
        }
    }

    fn len(&mut self) -> u32 {
        self.one_of(&[
            0,
            1,
            5,
            8,
            24,
            100,
            4_095,
            4_096,
            70_000,
            i32::MAX as u32,
            u32::MAX,
        ])
    }

    fn count(&mut self) -> u32 {
        self.one_of(&[0, 1, 1, 2, 3, 1_024, 1_025, u32::MAX])
    }

    fn small(&mut self) -> u32 {
        self.one_of(&[0, 1, 2, 3, 4, 5, 8, 15, 16, 0xffff, 0x1_0000, u32::MAX])
    }

    fn wide(&mut self) -> u64 {
        self.one_of(&[
            0,
            1,
            7,
            1 << 31,
            i64::MAX as u64,
            1 << 63,
            u64::MAX,
            0x2a,
            Rights::ALL,
        ])
    }

    /// An offset in a file. What is not too large is small enough for a file in memory.
    fn offset(&mut self) -> u64 {
        self.one_of(&[0, 1, 7, 70_000, 1 << 63, u64::MAX])
    }

    fn span(&mut self, world: &World) -> Span {
        Span::new(self.address(world), self.len())
    }

    /// A path: one that makes sense, or any bytes.
    fn path(&mut self, world: &World) -> Path {
        let names: [&[u8]; 8] = [
            b"file", b"dir", b"dir/", b"dir/.", b"new", b"..", b"/", b"\xff",
        ];
        let name = self.one_of(&names);
        let path = match self.below(4) {
            0 => self.span(world),
            _ => world.bytes(name),
        };
        Path {
            fd: self.fd(),
            path,
        }
    }

    fn transfer(&mut self, world: &World) -> Transfer {
        let address = self.address(world);
        let buffers = match self.below(3) {
            0 => Buffers {
                address,
                count: self.count(),
            },
            _ => {
                let list = world.bytes(&[0; 16]);
                let pieces = [self.span(world), self.span(world)];
                for (at, piece) in [list.address, list.address + 8].into_iter().zip(pieces) {
                    world.host().memory.set(at, &piece.address.to_le_bytes());
                    world.host().memory.set(at + 4, &piece.len.to_le_bytes());
                }
                Buffers {
                    address: list.address,
                    count: 2,
                }
            }
        };
        let offset = (self.below(3) == 0).then(|| self.offset());
        Transfer {
            buffers,
            count_at: self.address(world),
            offset,
        }
    }

    fn times(&mut self) -> Times {
        Times {
            access: self.wide(),
            modification: self.wide(),
            flags: self.small(),
        }
    }

    fn open(&mut self) -> OpenAt {
        OpenAt {
            lookup: self.small(),
            oflags: self.small(),
            rights: Rights {
                base: self.wide(),
                inheriting: self.wide(),
            },
            fdflags: self.small(),
        }
    }
}

fn short(span: Span) -> Span {
    Span::new(span.address, span.len.min(70_000))
}

fn at_once(result: Result<(), Errno>) -> Begun {
    result.map(|()| coopt_wasi::Call::Ended)
}

/// Begins any call.
fn begin(world: &World, random: &mut Random) -> Begun {
    let wasi = world.wasi;
    let fd = random.fd();
    let to = random.address(world);
    match random.below(38) {
        0 => at_once(wasi.clock_time_get(random.small(), to)),
        1 => at_once(wasi.clock_res_get(random.small(), to)),
        2 => at_once(wasi.fd_close(fd)),
        3 => at_once(wasi.fd_renumber(fd, random.fd())),
        4 => wasi.fd_fdstat_get(fd, to),
        5 => at_once(wasi.fd_fdstat_set_flags(fd, random.small())),
        6 => at_once(wasi.fd_fdstat_set_rights(fd, random.wide(), random.wide())),
        7 => wasi.fd_seek(fd, random.offset().cast_signed(), random.small(), to),
        8 => wasi.fd_tell(fd, to),
        9 => wasi.fd_advise(fd, random.wide(), random.wide(), random.small()),
        10 => wasi.fd_allocate(fd, random.wide() & 0xffff, random.wide() & 0xffff),
        11 => wasi.fd_datasync(fd),
        12 => wasi.fd_sync(fd),
        13 => wasi.fd_filestat_set_size(fd, random.wide() & 0xffff),
        14 => wasi.fd_filestat_set_times(fd, random.times()),
        15 => wasi.fd_filestat_get(fd, to),
        16 => wasi.fd_readdir(fd, random.span(world), random.wide(), to),
        17 => wasi.path_open(random.path(world), random.open(), to),
        18 => wasi.path_create_directory(random.path(world)),
        19 => wasi.path_remove_directory(random.path(world)),
        20 => wasi.path_unlink_file(random.path(world)),
        21 => wasi.path_filestat_get(random.small(), random.path(world), to),
        22 => wasi.path_filestat_set_times(random.small(), random.path(world), random.times()),
        23 => wasi.path_readlink(random.path(world), random.span(world), to),
        24 => wasi.path_rename(random.path(world), random.path(world)),
        25 => wasi.path_link(random.small(), random.path(world), random.path(world)),
        26 => wasi.path_symlink(random.span(world), random.path(world)),
        27 => at_once(wasi.fd_pipe(random.one_of(&[Ways::One, Ways::Both]), random.small(), to)),
        28 => at_once(wasi.fd_dup(fd, random.small(), to)),
        29 => at_once(wasi.fd_dup_to(fd, random.one_of(&[0, 5, 30, 16_384, u32::MAX]))),
        30 => at_once(wasi.fd_prestat_get(fd, to)),
        31 => at_once(wasi.fd_prestat_dir_name(fd, random.span(world))),
        32 => at_once(wasi.args_get(to, random.address(world))),
        33 => at_once(wasi.environ_sizes_get(to, random.address(world))),
        // A host makes as many bytes as it is asked for.
        34 => at_once(wasi.random_get(short(random.span(world)))),
        35 => wasi.fd_read(fd, random.transfer(world)),
        36 => wasi.fd_write(fd, random.transfer(world)),
        _ => {
            let poll = wasi.poll_oneoff(to, random.address(world), random.below(4) as u32, to);
            poll.map(|poll| poll.call)
        }
    }
}

/// Has a call go on until it ends, or waits for what never comes.
fn finish(world: &World, begun: Begun) {
    let mut call = Call::begin(begun);
    while !call.has_ended() {
        if !call.is_woken() {
            let under_way = world.host().under_way();
            let Some((waitable, _)) = under_way.first() else {
                return;
            };
            world.host().end(*waitable, Step::Now);
        }
        call.goes_on();
    }
}

/// A program that makes calls until one traps.
fn run(seed: u64) {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let world = World::new();
    world.put("file", b"0123456789");
    world.open("file");
    world.host().input.borrow_mut().end = Some(Ok(()));
    for _ in 0..CALLS {
        let call = || finish(&world, begin(&world, &mut random));
        if let Err(panic) = catch_unwind(AssertUnwindSafe(call)) {
            let text = said(&*panic);
            // This host refuses by a panic what a real one answers with an error: to write what was
            // not opened to be written.
            let is_over = ["out of range for slice", "is not written", "is not read"];
            let is_over = is_over.iter().any(|end| text.contains(end));
            assert!(is_over, "seed {seed}: {text}");
            // A program that has trapped is over, with all it had.
            mem::forget(world);
            return;
        }
        world.free_room();
    }
}

#[test]
fn calls_with_any_arguments_end_or_trap() {
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let all = catch_unwind(|| (0..PROGRAMS).for_each(run));
    std::panic::set_hook(quiet);
    if let Err(panic) = all {
        panic!("{}", said(&*panic));
    }
}

/// What a panic says.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("something else")
}
