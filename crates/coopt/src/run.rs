//! `coopt run`.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use coopt_abi::status;
use coopt_build::{Kind, Mismatch};
use coopt_files::interrupt;
use coopt_host::{Cache, Ended, Exit, Fault, Host, Loaded, Network, Origin, Program, Source};

use crate::failure::Failure;
use crate::values::{BuildArgs, Dir, EnvVar, Listen, Net, Size};
use crate::{file, message, missing};

/// Run a program with threads.
///
/// PROGRAM is a core module, such as `cargo build --target
/// wasm32-wasip1-threads` or clang make it, or a component. A core module is
/// converted first; compiled programs are kept in the user's cache folder.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  coopt run app.wasm --an-option-of-the-program
  coopt run --dir . --env RUST_LOG app.wasm
  coopt run --dir . --inherit-env --timeout 60 --max-memory 1GiB app.wasm
  coopt run --net=loopback server.wasm
  coopt run --dir /var/data::/data --stack-size 8MiB app.wasm

To make cargo run, test and bench use it, in .cargo/config.toml:
  [target.wasm32-wasip1-threads]
  runner = \"coopt run --dir .\"

Environment:
  COOPT_CACHE=off       do not keep compiled programs
  COOPT_BACKTRACE=full  show frames of coopt and of start-up code, too
  NO_COLOR              no colours")]
pub struct Args {
    /// Let the program use FOLDER, under the name NAME if one is given; else under
    /// FOLDER and its absolute path
    #[arg(long = "dir", value_name = "FOLDER[::NAME]")]
    dirs: Vec<Dir>,

    /// Set a variable of the program; without a value, to that of the caller
    #[arg(long = "env", value_name = "NAME[=VALUE]")]
    env: Vec<EnvVar>,

    /// Give the program all variables of the caller; those of `--env` count more
    #[arg(long)]
    inherit_env: bool,

    /// What the program may reach by sockets
    #[arg(
        long,
        value_name = "REACH",
        default_value = "none",
        hide_default_value = true
    )]
    net: Net,

    /// Have the program listen at ADDRESS from the start, such as 127.0.0.1:8080
    #[arg(long = "listen", value_name = "ADDRESS")]
    listens: Vec<Listen>,

    #[command(flatten)]
    build: BuildArgs,

    /// Native stack for each thread, such as 512KiB or 8MiB [default: 64MiB]
    #[arg(long, value_name = "SIZE")]
    stack_size: Option<Size>,

    /// How large the program's memory may become, such as 512MiB [default: 4GiB]
    #[arg(long, value_name = "SIZE")]
    max_memory: Option<Size>,

    /// End the program after so many seconds, with the exit code 137
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: Option<u64>,

    /// Neither use nor keep compiled code
    #[arg(long)]
    no_cache: bool,

    /// Say on standard error where the code came from
    #[arg(short, long)]
    verbose: bool,

    // One list, so that all words behind the program are its arguments, even
    // those that look like options of ours.
    /// The program, and its arguments
    #[arg(required = true, trailing_var_arg = true, value_names = ["PROGRAM", "ARGS"])]
    program_and_args: Vec<OsString>,
}

pub fn execute(args: Args) -> Result<u8, Failure> {
    // Without the watcher Ctrl-C may leave a temporary file.
    let _ = interrupt::watch(|| missing::tell(None, &[]));
    let path = Path::new(&args.program_and_args[0]).to_owned();
    let program = program(&args)?;
    let wasm = file::read(&path)?;
    let in_file = |error| Failure::host(&path, error);
    let host = Host::new(&args.host_options()).map_err(in_file)?;

    let started = Instant::now();
    let loaded = load(&host, &args, &path, &wasm)?;
    if args.verbose {
        message::note(&format_args!(
            "{}, {} ms",
            origin(&loaded.origin),
            started.elapsed().as_millis()
        ));
    }
    if let Some(seconds) = args.timeout {
        end_after(seconds);
    }
    let Ended { exit, outside } = host.run(&loaded.component, &program).map_err(in_file)?;
    report(&exit, &wasm);
    missing::tell(outside.as_deref(), &program.dirs);
    Ok(exit.status())
}

/// Gets the program's code, and says so if the user has to wait for it.
fn load(host: &Host, args: &Args, path: &Path, wasm: &[u8]) -> Result<Loaded, Failure> {
    let kind = coopt_build::kind(wasm).map_err(|error| Failure::build(path, error))?;
    let _waiting = waiting(path);
    let loaded = match kind {
        Kind::CoreModule => {
            let options = args.build.options();
            let build = format!("{options:?}");
            let source = Source {
                wasm,
                build: build.as_bytes(),
            };
            host.load(source, &args.cache(), || {
                coopt_build::componentize(wasm, &options)
            })
        }
        Kind::Component => {
            args.build.refuse_for_component(path)?;
            let source = Source {
                wasm,
                build: b"component",
            };
            host.load(source, &args.cache(), || Ok::<_, Failure>(Cow::from(wasm)))
        }
    };
    loaded.map_err(|error| Failure::host(path, error))
}

/// Says that the program is compiled, if what this returns lives longer than a user waits gladly.
/// Only a terminal is told.
fn waiting(path: &Path) -> Option<Sender<()>> {
    const GLADLY: Duration = Duration::from_secs(1);
    let text = format!(
        "compiling `{}`, which takes a while the first time",
        path.display()
    );
    io::stderr().is_terminal().then(|| {
        let (loads, loaded) = mpsc::channel();
        std::thread::spawn(move || {
            if loaded.recv_timeout(GLADLY) == Err(RecvTimeoutError::Timeout) {
                message::note(&text);
            }
        });
        loads
    })
}

impl Args {
    fn host_options(&self) -> coopt_host::Options {
        let mut options = coopt_host::Options::default();
        if let Some(Size(bytes)) = self.stack_size {
            options.stack_size = bytes;
        }
        options.memory_size_max = self.max_memory.map(|Size(bytes)| bytes);
        options
    }

    fn cache(&self) -> Cache {
        let off =
            self.no_cache || std::env::var_os("COOPT_CACHE").is_some_and(|value| value == "off");
        if off { Cache::off() } else { Cache::of_user() }
    }
}

/// Ends the process after so many seconds, whatever the program does then.
fn end_after(seconds: u64) {
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(seconds));
        message::error(&format_args!(
            "a program ends within its time, `--timeout={seconds}`; found that it still ran"
        ));
        std::process::exit(status::TIMEOUT.into());
    });
}

/// What the program is given.
fn program(args: &Args) -> Result<Program, Failure> {
    let unicode = |arg: &OsString| arg.clone().into_string().map_err(Failure::NotUnicode);
    Ok(Program {
        args: args
            .program_and_args
            .iter()
            .map(unicode)
            .collect::<Result<_, _>>()?,
        env: environment(args).map_err(Failure::NotUnicode)?,
        dirs: args.dirs.iter().map(|Dir(dir)| dir.clone()).collect(),
        network: Network {
            reach: args.net.reach(),
            listens: args
                .listens
                .iter()
                .map(|Listen(address)| *address)
                .collect(),
            refused: Some(Arc::new(missing::refused)),
        },
    })
}

/// The variables that the program is given. The error is a value that is not UTF-8.
fn environment(args: &Args) -> Result<Vec<(String, String)>, OsString> {
    let given = args.env.iter().filter_map(EnvVar::resolve);
    let mut all: Vec<_> = given.collect::<Result<_, _>>()?;
    if args.inherit_env {
        let is_new = |(name, _): &(String, String)| all.iter().all(|(given, _)| given != name);
        let inherited: Vec<_> = EnvVar::all_of_caller().filter(is_new).collect();
        all.extend(inherited);
    }
    Ok(all)
}

/// Where the code came from, in words.
fn origin(origin: &Origin) -> Cow<'static, str> {
    match origin {
        Origin::Cached => "found in the cache".into(),
        Origin::Stored => "compiled and kept in the cache".into(),
        Origin::Compiled(None) => "compiled; the cache is off".into(),
        Origin::Compiled(Some(reason)) => {
            format!("compiled; the cache cannot be used: {reason}").into()
        }
    }
}

/// Reports a trap or a deadlock, which the program cannot report itself.
fn report(exit: &Exit, wasm: &[u8]) {
    match exit {
        Exit::Code(_) => {}
        Exit::Trap(trap) => {
            let full = std::env::var_os("COOPT_BACKTRACE").is_some_and(|value| value == "full");
            let colour = message::colour();
            message::error(&trap.report(coopt_host::Detail { full, colour }));
            if let Some(Fault::FunctionType { pointer, wanted }) = trap.fault()
                && let Some(mismatch) = Mismatch::find(wasm, pointer, wanted)
            {
                message::note(&mismatch);
            }
        }
        Exit::Deadlock => message::error(
            &"a program must be able to go on; found that no thread of it can run and that it waits for \
              neither time nor input: a deadlock",
        ),
    }
}
