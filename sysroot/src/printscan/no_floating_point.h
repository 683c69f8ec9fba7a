/* printf and scanf without floating-point numbers, and what they say of one. */
#define __wasilibc_printscan_no_floating_point
#define __wasilibc_printscan_floating_point_support_option \
	"remove -lc-printscan-no-floating-point from the link command"
