# A toolchain file for CMake, by `coopt toolchain cmake`:
#
#     cmake --toolchain coopt.cmake -B build && cmake --build build

# CMake knows the name WASI since 3.31, and warns of it before.
if(EXISTS "${CMAKE_ROOT}/Modules/Platform/WASI.cmake")
  set(CMAKE_SYSTEM_NAME WASI)
else()
  set(CMAKE_SYSTEM_NAME Generic)
endif()
set(CMAKE_SYSTEM_PROCESSOR wasm32)

set(CMAKE_C_COMPILER @coopt@ cc)
set(CMAKE_CXX_COMPILER @coopt@ c++)
set(CMAKE_AR @llvm-ar@)
set(CMAKE_RANLIB @llvm-ranlib@)
set(CMAKE_NM @llvm-nm@)

# Tests, and checks that run what they have compiled.
set(CMAKE_CROSSCOMPILING_EMULATOR @coopt@ run --dir .)

# There are no shared libraries.
set(BUILD_SHARED_LIBS OFF CACHE BOOL "Whether libraries are shared")

# Programs are this machine's, libraries are not.
list(APPEND CMAKE_FIND_ROOT_PATH @sysroot@)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
