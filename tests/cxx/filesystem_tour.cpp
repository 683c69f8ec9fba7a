// The library's file system: folders, copies, links, what a listing has, what is told of a file, errors.
//
// DIR:
// STDOUT:
//   made a/b/c
//   a/b a/b/c a/b/c/one a/b/two
//   5 bytes, copied
//   a link to one
//   not there: no_such_file_or_directory
//   renamed, resized to 2
//   removed 6
#include "check.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <thread>

namespace fs = std::filesystem;

int main()
{
	CHECK(fs::create_directories("a/b/c"));
	CHECK(!fs::create_directories("a/b/c"));
	std::puts("made a/b/c");
	std::ofstream("a/b/c/one") << "hello";
	std::thread([] { fs::copy_file("a/b/c/one", "a/b/two"); }).join();

	std::set<std::string> names;
	for (const auto &entry : fs::recursive_directory_iterator("a"))
		names.insert(entry.path().generic_string());
	std::string all;
	for (const auto &name : names)
		all += (all.empty() ? "" : " ") + name;
	std::puts(all.c_str());

	CHECK(fs::file_size("a/b/two") == 5 && fs::is_regular_file("a/b/two") && fs::is_directory("a"));
	CHECK(!fs::equivalent("a/b/two", "a/b/c/one"));
	CHECK(fs::last_write_time("a/b/two") > fs::file_time_type::clock::now() - std::chrono::hours(1));
	std::puts("5 bytes, copied");

	fs::create_symlink("c/one", "a/b/link");
	CHECK(fs::is_symlink("a/b/link") && fs::read_symlink("a/b/link") == "c/one");
	CHECK(fs::equivalent("a/b/link", "a/b/c/one"));
	CHECK(fs::canonical("a/b/../b/link").filename() == "one");
	std::puts("a link to one");

	try {
		(void)fs::file_size("none");
	} catch (const fs::filesystem_error &e) {
		CHECK(e.path1() == "none" && e.code() == std::errc::no_such_file_or_directory);
		std::puts("not there: no_such_file_or_directory");
	}
	std::error_code code;
	CHECK(!fs::remove("none", code) && !code);

	fs::rename("a/b/two", "a/three");
	fs::resize_file("a/three", 2);
	CHECK(fs::file_size("a/three") == 2 && fs::current_path().is_absolute());
	std::puts("renamed, resized to 2");
	std::printf("removed %d\n", static_cast<int>(fs::remove_all("a")));
	CHECK(!fs::exists("a"));
}
