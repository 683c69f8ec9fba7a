//! A C program of a given size, to convert and to start.
//!
//! Its functions differ from each other, have loops, branches, a `switch`,
//! floating point, memory and atomic accesses and calls, direct and by
//! pointer: the mix of a program rather than one instruction again and again.

use std::fmt::Write as _;

/// The source of a program with `functions` functions; the same each time.
pub fn program(functions: u32) -> String {
    let mut source = String::from(PROLOGUE);
    for index in 0..functions {
        function(&mut source, index);
    }
    epilogue(&mut source, functions);
    source
}

const PROLOGUE: &str = "\
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
typedef unsigned (*function)(unsigned, unsigned *);
static atomic_uint counter;
static const function table[];
";

fn function(source: &mut String, index: u32) {
    let a = index.wrapping_mul(2_654_435_761) >> 7;
    let b = index.wrapping_mul(40_503) % 97 + 3;
    let callee = index / 2;
    // Writing to a string does not fail.
    let _ = write!(
        source,
        "static __attribute__((noinline)) unsigned f{index}(unsigned x, unsigned *p)
{{
	double d = x * {b}.5;
	for (unsigned i = 0; i < x % {b}; i++) {{
		p[i % 16] += (x ^ {a}u) >> (i % 7);
		if (p[(i + {b}) % 16] > {a}u)
			d = d * 1.{b} - i;
		switch ((x + i) % 5) {{
		case 0: x += p[{one}] * {b}u; break;
		case 1: x ^= atomic_fetch_add(&counter, {b}u); break;
		case 2: x = x << 3 | x >> 29; p[{two}] -= x; break;
		case 3: d += p[{one}] / {b}.0; break;
		default: x -= i * {a}u; break;
		}}
	}}
	if (x % 1000 == {b})
		x += table[(x + {a}u) % {index_or_one}](x / 2, p);
	{call}
	return x + (unsigned)(long long)d;
}}
",
        one = a % 16,
        two = b % 16,
        index_or_one = index.max(1),
        call = if index > 8 {
            format!("if (x % 512 < 2) x ^= f{callee}(x / 3, p);")
        } else {
            String::new()
        },
    );
}

fn epilogue(source: &mut String, functions: u32) {
    source.push_str("static const function table[] = {");
    for index in 0..functions {
        let _ = write!(source, "f{index},");
    }
    let _ = write!(
        source,
        "}};
static void *work(void *unused)
{{
	unsigned memory[16] = {{ 1 }}, sum = 0;
	for (unsigned i = 0; i < {functions}; i += 7)
		sum += table[i](i, memory);
	printf(\"%u\\n\", sum);
	return unused;
}}
int main(void)
{{
	pthread_t thread;
	pthread_create(&thread, 0, work, 0);
	return pthread_join(thread, 0);
}}
"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_with_the_number_asked_for() {
        let (small, large) = (program(10), program(100));
        assert_eq!(small.matches("noinline").count(), 10);
        assert_eq!(large.matches("noinline").count(), 100);
        assert_eq!(program(10), small);
    }
}
