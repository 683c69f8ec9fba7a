#!/usr/bin/env node
// Runs a wasi-threads module on real threads, as wasi-threads has it: an
// instance and a worker for each thread, one shared memory.
//
//     node --no-liftoff --experimental-wasm-type-reflection run-threads.mjs app.wasm [args]
//
// Lowering is compared with this reference, so the script runs the module as the
// compiler made it. The script provides `wasi.thread-spawn`, and preview1 as far
// as the tests need it. It does not provide the `coopt.*` imports of our thread
// layer, which relies on running one thread at a time.
//
// The first thread of the process runs no wasm. So it can start workers while the
// threads that asked for them block.
//
// Exit codes: the program's own; 134 when it trapped; 2 when it cannot be run.

import { randomBytes } from "node:crypto";
import { readFileSync, writeSync } from "node:fs";
import process from "node:process";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

const EXIT_USAGE = 2;
const EXIT_TRAP = 134;

const ERRNO_SUCCESS = 0;
const ERRNO_BADF = 8;
const ERRNO_NOSYS = 52;

const CLOCK_REALTIME = 0;

/** The id of the thread that runs `_start`; further threads get the next ids. */
const MAIN_ID = 1;

/** Starts threads on request and ends the process with the first exit. */
function coordinate([file, ...args]) {
  let module;
  try {
    module = new WebAssembly.Module(readFileSync(file));
  } catch (error) {
    fail(error.message);
  }
  const shared = {
    module,
    memory: importedMemory(module),
    args: [file, ...args],
    ids: new Int32Array(new SharedArrayBuffer(4)).fill(MAIN_ID),
  };
  const start = (id, argument) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { ...shared, id, argument } });
    worker.on("message", ({ exit, spawn }) => {
      if (exit !== undefined) process.exit(exit);
      start(spawn.id, spawn.argument);
    });
    worker.on("error", (error) => fail(error.stack));
  };
  start(MAIN_ID, 0);
}

/** A memory for the module's import; a memory that the module defines could not be shared. */
function importedMemory(module) {
  const memory = WebAssembly.Module.imports(module).find(({ kind }) => kind === "memory");
  if (memory === undefined) return undefined;
  const { minimum, maximum, shared } = memory.type;
  return { at: [memory.module, memory.name], memory: new WebAssembly.Memory({ initial: minimum, maximum, shared }) };
}

function fail(message) {
  writeSync(2, `run-threads: ${message}\n`);
  process.exit(EXIT_USAGE);
}

/** Thrown through the module by `proc_exit`. */
class Exit {
  constructor(code) {
    this.code = code;
  }
}

function runThread({ module, memory, args, ids, id, argument }) {
  let instance;
  // A module that defines its memory exports it.
  const bytes = () => (memory?.memory ?? instance.exports.memory).buffer;
  const imports = {
    wasi_snapshot_preview1: preview1(bytes, args),
    wasi: {
      "thread-spawn": (argument) => {
        const id = Atomics.add(ids, 0, 1) + 1;
        parentPort.postMessage({ spawn: { id, argument } });
        return id;
      },
    },
  };
  if (memory !== undefined) {
    const [space, name] = memory.at;
    imports[space] = { ...imports[space], [name]: memory.memory };
  }
  try {
    instance = new WebAssembly.Instance(module, imports);
    if (id === MAIN_ID) {
      instance.exports._start();
      throw new Exit(0);
    }
    instance.exports.wasi_thread_start(id, argument);
  } catch (error) {
    parentPort.postMessage({ exit: exitCode(error) });
  }
}

function exitCode(error) {
  if (error instanceof Exit) return error.code;
  writeSync(2, `${error.stack}\n`);
  return error instanceof WebAssembly.RuntimeError ? EXIT_TRAP : EXIT_USAGE;
}

/** WASI preview1, as far as the tests' programs use it. */
function preview1(bytes, args) {
  const view = () => new DataView(bytes());
  const texts = args.map((text) => Buffer.from(`${text}\0`));
  const known = {
    args_sizes_get(count, size) {
      view().setUint32(count, texts.length, true);
      view().setUint32(size, texts.reduce((sum, text) => sum + text.length, 0), true);
      return ERRNO_SUCCESS;
    },
    args_get(pointers, buffer) {
      for (const text of texts) {
        view().setUint32(pointers, buffer, true);
        new Uint8Array(bytes()).set(text, buffer);
        pointers += 4;
        buffer += text.length;
      }
      return ERRNO_SUCCESS;
    },
    environ_sizes_get(count, size) {
      view().setUint32(count, 0, true);
      view().setUint32(size, 0, true);
      return ERRNO_SUCCESS;
    },
    environ_get: () => ERRNO_SUCCESS,
    random_get(buffer, length) {
      new Uint8Array(bytes()).set(randomBytes(length), buffer);
      return ERRNO_SUCCESS;
    },
    clock_time_get(clock, _precision, result) {
      const realtime = () => BigInt(Date.now()) * 1_000_000n;
      const now = clock === CLOCK_REALTIME ? realtime() : process.hrtime.bigint();
      view().setBigUint64(result, now, true);
      return ERRNO_SUCCESS;
    },
    fd_write(fd, vectors, count, written) {
      if (fd !== 1 && fd !== 2) return ERRNO_BADF;
      let total = 0;
      for (let i = 0; i < count; i++) {
        const start = view().getUint32(vectors + 8 * i, true);
        const length = view().getUint32(vectors + 8 * i + 4, true);
        // A copy, because Node does not write from shared memory.
        total += writeSync(fd, new Uint8Array(bytes()).slice(start, start + length));
      }
      view().setUint32(written, total, true);
      return ERRNO_SUCCESS;
    },
    sched_yield: () => ERRNO_SUCCESS,
    proc_exit(code) {
      throw new Exit(code);
    },
  };
  const unknown = () => ERRNO_NOSYS;
  return new Proxy(known, { get: (calls, name) => calls[name] ?? unknown });
}

if (isMainThread) {
  coordinate(process.argv.slice(2));
} else {
  runThread(workerData);
}
