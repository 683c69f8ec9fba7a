/* printf and scanf without numbers of type `long double`, and what they say of one. */
#define __wasilibc_printscan_no_long_double
#define __wasilibc_printscan_full_support_option \
	"add -lc-printscan-long-double to the link command"
