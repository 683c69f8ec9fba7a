//! The one change that tests get on their way to the compiler: a callback that
//! is declared without parameters gets the parameters that it is called with.
//!
//! Tests declare `void *start()` and give `start` to `pthread_create`, which calls
//! it with an argument. A machine that passes arguments in registers does not
//! notice. The call is undefined in C (C17 6.5.2.2, paragraph 9), and WebAssembly,
//! which checks the type of every indirect call, traps. So in a copy of the test
//! the declaration `start()` becomes `start(void *unused_argument)`. That goes for
//! every function that is given to one of the interfaces in [`TAKERS`], and for
//! signal handlers. A routine of `pthread_once` also gets the result `void`. A call
//! of such a function by the test itself gets a zero. Nothing else is changed.

/// What a callback is called with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parameters {
    /// A pointer.
    Pointer,
    /// The number of a signal.
    Signal,
    /// Nothing, and it returns nothing.
    None,
}

/// The interfaces that take a callback: the index of that argument, and what the
/// callback is called with.
const TAKERS: [(&str, usize, Parameters); 5] = [
    ("pthread_create", 2, Parameters::Pointer),
    ("pthread_cleanup_push", 0, Parameters::Pointer),
    ("pthread_key_create", 1, Parameters::Pointer),
    ("signal", 1, Parameters::Signal),
    ("pthread_once", 1, Parameters::None),
];

/// A member of `struct sigaction` that holds a callback.
const HANDLER_MEMBER: &str = "sa_handler";

/// `source` with the declarations changed, or `None` when there is nothing to
/// change.
#[must_use]
pub fn adapt(source: &str) -> Option<String> {
    let callbacks = callbacks(source);
    let mut is_changed = false;
    let lines: Vec<String> = source
        .split('\n')
        .map(
            |line| match adapt_line(line, &callbacks).or_else(|| adapt_call(line, &callbacks)) {
                Some(adapted) => {
                    is_changed = true;
                    adapted
                }
                None => line.to_owned(),
            },
        )
        .collect();
    is_changed.then(|| lines.join("\n"))
}

fn callbacks(source: &str) -> Vec<(&str, Parameters)> {
    let mut found = Vec::new();
    for (taker, index, parameters) in TAKERS {
        for arguments in calls(source, taker) {
            let name = arguments.get(index).and_then(|text| last_name(text));
            found.extend(name.map(|name| (name, parameters)));
        }
    }
    for (at, member) in source.match_indices(HANDLER_MEMBER) {
        let rest = source[at + member.len()..].trim_start();
        let value = rest
            .strip_prefix('=')
            .and_then(|rest| rest.split(';').next());
        let name = value.and_then(last_name);
        found.extend(name.map(|name| (name, Parameters::Signal)));
    }
    found
}

/// The arguments of every call of `function`.
fn calls<'a>(source: &'a str, function: &str) -> Vec<Vec<&'a str>> {
    source
        .match_indices(function)
        .filter(|(at, _)| !source[..*at].ends_with(is_of_name))
        .filter_map(|(at, _)| {
            let rest = source[at + function.len()..].trim_start();
            rest.strip_prefix('(').and_then(arguments)
        })
        .collect()
}

/// The arguments in a text that begins after the opening parenthesis.
fn arguments(text: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0_u32);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => {
                found.push(&text[start..at]);
                return Some(found);
            }
            ')' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    None
}

/// The name at the end of an expression, where a cast may stand before it.
fn last_name(expression: &str) -> Option<&str> {
    let expression = expression.trim();
    let start = expression.rfind(|c| !is_of_name(c)).map_or(0, |at| at + 1);
    let name = &expression[start..];
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        .then_some(name)
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The line `[static] void [*] NAME()`, with anything after it, changed.
fn adapt_line(line: &str, callbacks: &[(&str, Parameters)]) -> Option<String> {
    let declaration = line.trim_start();
    let (is_static, rest) = match declaration.strip_prefix("static ") {
        Some(rest) => (true, rest.trim_start()),
        None => (false, declaration),
    };
    let rest = rest.strip_prefix("void")?;
    let star = rest.trim_start();
    let (is_pointer, rest) = match star.strip_prefix('*') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, rest.strip_prefix([' ', '\t'])?.trim_start()),
    };
    let (name, rest) = rest.split_at(rest.find(|c| !is_of_name(c))?);
    let rest = rest.trim_start().strip_prefix('(')?.trim_start();
    let rest = rest.strip_prefix("void").unwrap_or(rest).trim_start();
    let rest = rest.strip_prefix(')')?;

    let (_, parameters) = callbacks.iter().find(|(known, _)| *known == name)?;
    let linkage = if is_static { "static " } else { "" };
    let returned = match parameters {
        Parameters::None => "void ",
        _ if is_pointer => "void *",
        _ => "void ",
    };
    let list = match parameters {
        Parameters::Pointer => "void *unused_argument",
        Parameters::Signal => "int unused_argument",
        Parameters::None => "void",
    };
    let adapted = format!("{linkage}{returned}{name}({list}){rest}");
    (adapted != line).then_some(adapted)
}

/// The line `NAME();`, changed.
fn adapt_call(line: &str, callbacks: &[(&str, Parameters)]) -> Option<String> {
    let called = line.trim().strip_suffix("();")?;
    let (_, parameters) = callbacks.iter().find(|(name, _)| *name == called)?;
    (*parameters != Parameters::None).then(|| format!("{called}(0);"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callbacks_get_the_parameters_they_are_called_with() {
        let source = "\
void *start()
{
\tpthread_cleanup_push(&tidy, NULL);
}
static void tidy( void ) {}
void * init();
void on_alarm() {}
int main() {
\tpthread_create(&thread, attr(1, 2), (void *(*)(void *)) start, NULL);
\tpthread_once(&once, (void *)init);
\tact.sa_handler = on_alarm;
}
";
        let adapted = adapt(source).expect("there is something to change");
        let expected = source
            .replace("void *start()", "void *start(void *unused_argument)")
            .replace("tidy( void )", "tidy(void *unused_argument)")
            .replace("void * init()", "void init(void)")
            .replace("\ton_alarm();", "on_alarm(0);")
            .replace("on_alarm()", "on_alarm(int unused_argument)");
        assert_eq!(adapted, expected);
    }

    #[test]
    fn other_functions_stay_as_they_are() {
        for source in [
            "void helper() {}\nint main() { helper(); }",
            "void *start(void *p) {}\nint main() { pthread_create(&t, 0, start, 0); }",
            "void *start();\nint main() { my_pthread_create(&t, 0, start, 0); }",
            "int main() { pthread_create(&t, 0, start, 0",
        ] {
            assert_eq!(adapt(source), None, "{source}");
        }
    }
}
