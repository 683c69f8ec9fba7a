//! Pieces of a document: words between backquotes, links, and commands.

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The line of the piece, counted from one.
    pub line: usize,
    /// The piece itself.
    pub text: String,
}

/// What stands between backquotes, outside of blocks of code.
#[must_use]
pub fn code(document: &str) -> Vec<Piece> {
    between(document, |line| {
        line.split('`').skip(1).step_by(2).collect()
    })
}

/// What links lead to within the repository.
#[must_use]
pub fn links(document: &str) -> Vec<Piece> {
    between(document, |line| {
        let targets = line.split("](").skip(1);
        let targets = targets.filter_map(|rest| rest.split(')').next());
        let targets = targets.map(|target| target.split('#').next().unwrap_or(target));
        targets
            .filter(|target| !target.is_empty() && !target.contains("://"))
            .collect()
    })
}

fn between(document: &str, find: impl Fn(&str) -> Vec<&str>) -> Vec<Piece> {
    let mut in_block = false;
    let mut pieces = Vec::new();
    for (line, text) in (1..).zip(document.lines()) {
        if text.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block && !text.starts_with("    ") {
            pieces.extend(find(text).into_iter().map(|text| Piece {
                line,
                text: text.to_owned(),
            }));
        }
    }
    pieces
}

/// The words that follow `cargo xtask`, in code and in prose.
#[must_use]
pub fn commands(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (line, text) in (1..).zip(text.lines()) {
        for rest in text.split("cargo xtask ").skip(1) {
            let end = rest.find(|c: char| !c.is_ascii_lowercase());
            let word = &rest[..end.unwrap_or(rest.len())];
            if !word.is_empty() {
                let text = word.to_owned();
                pieces.push(Piece { line, text });
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pieces: Vec<Piece>) -> Vec<(usize, String)> {
        let pair = |piece: Piece| (piece.line, piece.text);
        pieces.into_iter().map(pair).collect()
    }

    #[test]
    fn code_and_links_are_found_outside_of_blocks() {
        let document = "see `a/b` and [c](d.md#e)\n```\n`f`\n```\n    `g`\n[h](https://i) `j`\n";
        let expected = [(1, "a/b".to_owned()), (6, "j".to_owned())];
        assert_eq!(texts(code(document)), expected);
        assert_eq!(texts(links(document)), [(1, "d.md".to_owned())]);
    }

    #[test]
    fn commands_are_found_everywhere() {
        let document = "`cargo xtask one`\n    cargo xtask two --all\ncargo xtask …";
        let expected = [(1, "one".to_owned()), (2, "two".to_owned())];
        assert_eq!(texts(commands(document)), expected);
    }
}
