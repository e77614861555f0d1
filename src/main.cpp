#include "cli/commands.hpp"

int main(int argc, char** argv) {
  return terracat::cli::program(argc, argv);
}
