//! A program without a folder finds no file, and what it lacks is said when it has failed.
// EXIT: 4
// STDOUT:
//   entity not found
// STDERR-CONTAINS: note: a program finds the files in its folders; found that it asked for `data.txt` and that it has none; run it with `--dir .`

fn main() {
    let error = std::fs::read("data.txt").expect_err("there is no such file");
    println!("{}", error.kind());
    std::process::exit(4);
}
