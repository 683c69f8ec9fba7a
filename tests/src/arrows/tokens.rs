//! A source file as names and signs.

/// A name or a sign. Literals, comments and lifetimes are no tokens, because
/// they contain no paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// A name, `::`, or one character.
    pub text: String,
    /// The line of the token, counted from one.
    pub line: usize,
}

impl Token {
    /// Whether the token is a name or a keyword.
    pub fn is_name(&self) -> bool {
        self.text.starts_with(is_name_start)
    }
}

/// The tokens of `source`.
pub fn read(source: &str) -> Vec<Token> {
    let mut reader = Reader {
        rest: source,
        line: 1,
        tokens: Vec::new(),
    };
    while !reader.rest.is_empty() {
        reader.step();
    }
    reader.tokens
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn step(&mut self) {
        let rest = self.rest;
        if rest.starts_with("//") {
            self.skip(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.skip(block_comment(rest));
        } else if let Some(length) = string(rest) {
            self.skip(length);
        } else if rest.starts_with('\'') {
            self.skip(quoted_character(rest));
        } else if rest.starts_with(is_name_start) {
            let rest = rest.strip_prefix("r#").unwrap_or(rest);
            self.skip(self.rest.len() - rest.len());
            self.take(name(rest));
        } else if rest.starts_with(|c: char| c.is_ascii_digit()) {
            self.skip(name(rest));
        } else if rest.starts_with("::") {
            self.take(2);
        } else {
            let length = rest.chars().next().map_or(0, char::len_utf8);
            if rest.starts_with(char::is_whitespace) {
                self.skip(length);
            } else {
                self.take(length);
            }
        }
    }

    fn take(&mut self, length: usize) {
        let text = self.rest[..length].to_owned();
        let line = self.line;
        self.tokens.push(Token { text, line });
        self.skip(length);
    }

    fn skip(&mut self, length: usize) {
        let (skipped, rest) = self.rest.split_at(length);
        self.line += skipped.matches('\n').count();
        self.rest = rest;
    }
}

fn is_name_start(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

/// The length of a name, or of a number with its suffix.
fn name(text: &str) -> usize {
    text.find(|c: char| c != '_' && !c.is_alphanumeric())
        .unwrap_or(text.len())
}

/// The length of a comment, which may contain comments.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if text[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of a string of any kind, if one begins here.
fn string(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""]
        .into_iter()
        .find(|prefix| text[..].strip_prefix(prefix).is_some_and(opens_string))?;
    let rest = &text[prefix.len()..];
    let hashes = rest.find('"')?;
    let is_raw = prefix.ends_with('r');
    if hashes > 0 && !is_raw {
        return None;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let body = &rest[hashes + 1..];
    let length = if is_raw {
        body.find(&end)?
    } else {
        closing_quote(body, '"')?
    };
    Some(prefix.len() + hashes + 1 + length + end.len())
}

fn opens_string(text: &str) -> bool {
    text.trim_start_matches('#').starts_with('"')
}

/// Where an unescaped `quote` stands.
fn closing_quote(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if c == quote => return Some(at),
            _ => {}
        }
    }
    None
}

/// The length of a character in quotes, or of a lifetime.
fn quoted_character(text: &str) -> usize {
    let body = &text[1..];
    let mut chars = body.chars();
    let (first, second) = (chars.next(), chars.next());
    if first == Some('\\') || second == Some('\'') {
        closing_quote(body, '\'').map_or(text.len(), |at| at + 2)
    } else {
        1 + name(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        read(source).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn names_and_signs_remain() {
        let source = "use a::{b, r#type}; // c::d\n/* e /* f */ g */ h!(\"i::j\\\"\", 0x1f, '\\'', 'k', b\"l\");";
        let expected = "use a :: { b , type } ; h ! ( , , , , ) ;";
        assert_eq!(texts(source).join(" "), expected);
    }

    #[test]
    fn raw_strings_and_lifetimes_are_left_out() {
        assert_eq!(
            texts("r#\"x\" y::z\"# &'a str 'static b'\"' é"),
            ["&", "str", "b", "é"]
        );
    }

    #[test]
    fn lines_are_counted_through_what_is_left_out() {
        let tokens = read("/*\n*/ a \"\n\" b");
        assert_eq!((tokens[0].line, tokens[1].line), (2, 3));
    }
}
