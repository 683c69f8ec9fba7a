//! What a program is given: arguments, environment, random bytes, clocks.

use coopt_wasi::{Errno, Memory as _, Span};

use crate::host::GARBAGE;
use crate::world::World;

fn get(result: Result<(), Errno>) -> Result<(), u16> {
    result.map_err(Errno::get)
}

/// Where two words go, and then strings.
fn rooms(world: &World) -> (u32, u32) {
    (world.room(64), world.room(64))
}

#[test]
fn arguments_are_strings_of_c_one_behind_the_other() {
    let world = World::new();
    world.host().arguments.replace(vec!["program", "", "ä b"]);
    let (one, other) = rooms(&world);
    for _ in 0..2 {
        assert_eq!(get(world.wasi.args_sizes_get(one, other)), Ok(()));
        assert_eq!([one, other].map(|at| world.host().load32(at)), [3, 14]);
        assert_eq!(get(world.wasi.args_get(one, other)), Ok(()));
        let expected = "program\0\0ä b\0".as_bytes();
        assert_eq!(world.host().memory.bytes(other, 14), expected);
        let pointers = [0, 4, 8].map(|at| world.host().load32(one + at) - other);
        assert_eq!(pointers, [0, 8, 9]);
        assert_eq!(world.host().memory.bytes(other + 14, 8), [GARBAGE; 8]);
    }
}

#[test]
fn arguments_may_be_had_before_their_sizes() {
    let world = World::new();
    world.host().arguments.replace(vec!["a"]);
    let (one, other) = rooms(&world);
    assert_eq!(get(world.wasi.args_get(one, other)), Ok(()));
    assert_eq!(world.host().memory.bytes(other, 2), b"a\0");
}

#[test]
fn variables_are_names_and_values() {
    let world = World::new();
    let variables = vec![("HOME", "/"), ("EMPTY", ""), ("A", "b=c")];
    world.host().environment.replace(variables);
    let (one, other) = rooms(&world);
    assert_eq!(get(world.wasi.environ_sizes_get(one, other)), Ok(()));
    let expected = b"HOME=/\0EMPTY=\0A=b=c\0";
    let len = expected.len() as u32;
    assert_eq!([one, other].map(|at| world.host().load32(at)), [3, len]);
    assert_eq!(get(world.wasi.environ_get(one, other)), Ok(()));
    assert_eq!(world.host().memory.bytes(other, len), expected);
    let pointers = [0, 4, 8].map(|at| world.host().load32(one + at) - other);
    assert_eq!(pointers, [0, 7, 14]);
}

#[test]
fn there_may_be_no_arguments_and_no_variables() {
    let world = World::new();
    let (one, other) = rooms(&world);
    assert_eq!(get(world.wasi.args_sizes_get(one, other)), Ok(()));
    assert_eq!(world.host().load64(one) as u32, 0);
    assert_eq!(world.host().load32(other), 0);
    assert_eq!(get(world.wasi.environ_get(one, other)), Ok(()));
    assert_eq!(get(world.wasi.environ_sizes_get(one, other)), Ok(()));
    assert_eq!(world.host().load32(other), 0);
}

#[test]
fn random_bytes_fill_what_is_asked_for_however_few_the_host_gives() {
    for is_elsewhere in [false, true] {
        for max in [1, 3, 7, 8, 100] {
            for len in [0, 1, 7, 8, 9, 30] {
                let world = World::new();
                world.host().random_max.set(max);
                world.host().random_elsewhere.set(is_elsewhere);
                // Behind other bytes of the program, at no multiple of eight.
                let to = world.room(len + 3) + 3;
                assert_eq!(get(world.wasi.random_get(Span::new(to, len))), Ok(()));
                let expected: Vec<u8> = (0..len).map(|at| (at % max + 1) as u8).collect();
                assert_eq!(world.host().memory.bytes(to, len), expected);
                assert_eq!(world.host().memory.bytes(to - 3, 3), [GARBAGE; 3]);
                assert_eq!(world.host().memory.bytes(to + len, 8), [GARBAGE; 8]);
            }
        }
    }
}

#[test]
fn a_host_without_random_bytes_is_an_error_and_no_loop() {
    let world = World::new();
    world.host().random_max.set(0);
    let to = Span::new(world.room(8), 8);
    assert_eq!(get(world.wasi.random_get(to)), Err(29));
}

#[test]
fn a_list_behind_random_bytes_that_did_not_come_goes_elsewhere() {
    let world = World::new();
    world.host().arguments.replace(vec!["a"]);
    world.host().random_max.set(0);
    let to = world.room(64);
    assert_eq!(get(world.wasi.random_get(Span::new(to, 64))), Err(29));
    let (one, other) = rooms(&world);
    assert_eq!(get(world.wasi.args_sizes_get(one, other)), Ok(()));
    assert_eq!(world.host().memory.bytes(to, 64), [GARBAGE; 64]);
}

#[test]
fn the_clocks_are_two() {
    let world = World::new();
    world.host().monotonic.set(0x1_2345_6789);
    world.host().realtime.set((3, 4));
    let to = world.room(8);
    let time = |id| get(world.wasi.clock_time_get(id, to)).map(|()| world.host().load64(to));
    let resolution = |id| get(world.wasi.clock_res_get(id, to)).map(|()| world.host().load64(to));
    assert_eq!([0, 1].map(time), [Ok(3_000_000_004), Ok(0x1_2345_6789)]);
    assert_eq!([0, 1].map(resolution), [Ok(9), Ok(7)]);
    assert_eq!([2, 3, 4, u32::MAX].map(time), [Err(28); 4]);
    assert_eq!([2, 3, 4, u32::MAX].map(resolution), [Err(28); 4]);
    world.host().realtime.set((-1, 500_000_000));
    assert_eq!(time(0), Ok(0));
}
