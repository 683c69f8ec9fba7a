// Streams of the library: standard ones, strings, numbers, wide characters, errors as exceptions.
//
// STDIN: printf '3 4.5 word\nsecond line\n'
// STDOUT:
//   3 4.5 word
//   second line
//   00ff|1.50e+00|  left|true
//   7 of 7
//   failbit thrown
//   wide: 4
#include "check.hpp"

#include <iomanip>
#include <iostream>
#include <sstream>
#include <string>

int main()
{
	int number;
	double real;
	std::string word, line;
	std::cin >> number >> real >> word >> std::ws;
	std::getline(std::cin, line);
	std::cout << number << ' ' << real << ' ' << word << '\n' << line << std::endl;
	CHECK(std::cin.peek() == EOF);

	std::ostringstream out;
	out << std::hex << std::setw(4) << std::setfill('0') << 255 << '|' << std::scientific << std::setprecision(2)
	    << 1.5 << '|' << std::setfill(' ') << std::setw(6) << "left" << '|' << std::boolalpha << true;
	std::cout << out.str() << '\n';

	std::istringstream in("1,2,3,4,5,6,7");
	int sum = 0, value;
	char comma;
	while (in >> value && ++sum)
		in >> comma;
	std::cout << sum << " of 7\n";

	std::istringstream bad("none");
	bad.exceptions(std::ios::failbit);
	try {
		bad >> value;
	} catch (const std::ios_base::failure &) {
		std::cout << "failbit thrown\n";
	}
	std::wostringstream wide;
	wide << L"wide";
	std::cout << "wide: " << wide.str().size() << std::endl;
}
