//! Four threads sum a quarter of the numbers each.
//!
//! The program is built without a C library: zig's std makes threads with
//! `wasi.thread-spawn` and atomics. In zig 0.17, std has no page allocator for
//! threads on this target, and so neither the usual start-up code nor a panic
//! with a backtrace. So the program has its own `_start`. It must be built without
//! optimisation: zig 0.17 does not mark the wait inside `Thread.join`, which is
//! inline assembly, as volatile. An optimised build spins instead, which only ends
//! where threads run in parallel.

// STDOUT:
//   4 threads, sum 799980000

const std = @import("std");

pub const panic = std.debug.no_panic;

const thread_count = 4;
const numbers_per_thread = 10_000;

var total: u32 = 0;
var stacks: [1024 * 1024]u8 = undefined;

fn sum(index: u32) void {
    const first = index * numbers_per_thread;
    var partial: u32 = 0;
    for (first..first + numbers_per_thread) |number| partial += @intCast(number);
    _ = @atomicRmw(u32, &total, .Add, partial, .seq_cst);
}

fn run() !void {
    var memory = std.heap.FixedBufferAllocator.init(&stacks);
    var threads: [thread_count]std.Thread = undefined;
    for (&threads, 0..) |*thread, index| {
        const config: std.Thread.SpawnConfig = .{
            .allocator = memory.allocator(),
            .stack_size = 64 * 1024,
        };
        thread.* = try std.Thread.spawn(config, sum, .{@as(u32, @intCast(index))});
    }
    for (threads) |thread| thread.join();

    var buffer: [64]u8 = undefined;
    const line = try std.fmt.bufPrint(&buffer, "{d} threads, sum {d}\n", .{ thread_count, total });
    const vectors = [_]std.os.wasi.ciovec_t{.{ .base = line.ptr, .len = line.len }};
    var written: usize = 0;
    _ = std.os.wasi.fd_write(1, &vectors, 1, &written);
}

export fn _start() void {
    run() catch std.os.wasi.proc_exit(1);
}
