// Reads filters of CQL2 text, one a line, and prints them as CQL2 JSON, one a line.

#include "query/filter.hpp"

#include <iostream>

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    auto const filter = terracat::query::parse_cql2_text(line, "filter");
    if (!filter) {
      std::cerr << line << ": " << filter.error().where << ": " << filter.error().detail << '\n';
      return 1;
    }
    std::cout << terracat::query::to_cql2_json(*filter) << '\n';
  }
}
