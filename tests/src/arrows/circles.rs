//! Files that use each other, directly or through others.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::package::{Arrow, Package};

/// How many files may use each other.
pub const FILES_MAX: usize = 2;

/// The files of each circle that is larger than [`FILES_MAX`]. Every file of a
/// circle reaches every other file of the circle by arrows.
#[must_use]
pub fn find(files: usize, arrows: &[Arrow]) -> Vec<Vec<usize>> {
    let reached: Vec<BTreeSet<usize>> = (0..files).map(|file| reach(file, arrows)).collect();
    let mut circles: Vec<Vec<usize>> = Vec::new();
    for file in 0..files {
        let is_known = circles.iter().any(|circle| circle.contains(&file));
        let of_file = |&other: &usize| {
            other == file || reached[file].contains(&other) && reached[other].contains(&file)
        };
        let circle: Vec<usize> = (0..files).filter(of_file).collect();
        if !is_known && circle.len() > FILES_MAX {
            circles.push(circle);
        }
    }
    circles
}

/// Every file that `file` uses, directly or not.
fn reach(file: usize, arrows: &[Arrow]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open = vec![file];
    while let Some(from) = open.pop() {
        for arrow in arrows.iter().filter(|arrow| arrow.from == from) {
            if reached.insert(arrow.to) {
                open.push(arrow.to);
            }
        }
    }
    reached
}

/// A circle in words: each file, and the files of the circle that it uses, by
/// what path.
#[must_use]
pub fn shown(circle: &[usize], package: &Package, arrows: &[Arrow]) -> String {
    let mut text = format!("{} files use each other in a circle:\n", circle.len());
    for &file in circle {
        // Writing to a string does not fail.
        let _ = writeln!(text, "  src/{}", package.files[file]);
        let within = |arrow: &&Arrow| arrow.from == file && circle.contains(&arrow.to);
        for arrow in arrows.iter().filter(within) {
            let Arrow { to, line, path, .. } = arrow;
            let to = &package.files[*to];
            let _ = writeln!(text, "    -> src/{to} (line {line}: `{path}`)");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles(arrows: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let arrow = |&(from, to): &(usize, usize)| Arrow {
            from,
            to,
            line: 1,
            path: String::new(),
        };
        let arrows: Vec<Arrow> = arrows.iter().map(arrow).collect();
        find(5, &arrows)
    }

    #[test]
    fn two_files_may_use_each_other_and_three_may_not() {
        assert!(circles(&[(0, 1), (1, 0), (1, 2), (2, 3)]).is_empty());
        assert_eq!(circles(&[(0, 1), (1, 2), (2, 0), (2, 3)]), [[0, 1, 2]]);
    }

    #[test]
    fn circles_that_share_a_file_are_one() {
        assert_eq!(
            circles(&[(0, 1), (1, 0), (1, 2), (2, 1), (3, 0)]),
            [[0, 1, 2]]
        );
    }
}
