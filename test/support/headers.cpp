// A program, so that its precompiled header has the settings of programs (test/CMakeLists.txt).
int main() {}
