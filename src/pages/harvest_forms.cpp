#include "pages/harvest_forms.hpp"

#include "pages/order_form.hpp"
#include "pages/run_words.hpp"
#include "pages/signs.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

constexpr Message heading{"Suspendre, reprendre, arrêter", "Pause, resume, stop"};
constexpr Message about{
    "Une source en pause n’est plus interrogée, ni à l’heure prévue ni à la main, jusqu’à sa "
    "reprise ; ce qui en est au catalogue y reste.",
    "A source that is paused is asked for nothing, neither by the schedule nor by hand, until it "
    "is resumed; what the catalogue has of it stays."};
constexpr Message no_source{"Aucune source n’est moissonnée ici.", "No source is harvested here."};
constexpr Message is_harvested{"moissonnée", "harvested"};
constexpr Message is_paused{"en pause depuis le {0}", "paused since {0}"};
constexpr Message is_running{"passage {0} en cours", "run {0} in progress"};
constexpr Message pause_label{"Mettre {0} en pause", "Pause {0}"};
constexpr Message reason_label{"Motif (facultatif)", "Reason (optional)"};
constexpr Message pause_button{"Mettre en pause", "Pause"};
constexpr Message resume_button{"Reprendre {0}", "Resume {0}"};
constexpr Message abort_label{"Arrêter le passage {0}", "Stop run {0}"};
constexpr Message abort_means{
    "Le passage s’arrête à sa prochaine page. Ce qu’il a apporté est gardé, et le passage suivant "
    "reprend de là.",
    "The run stops at its next page. What it has brought is kept, and the next run goes on from "
    "there."};
constexpr Message abort_button{"Arrêter maintenant", "Stop now"};

struct Order {
  OrderGiven order;
  std::string_view name;
  Message taken;
};

constexpr std::array orders{
    Order{OrderGiven::pause,
          "pause",
          {"La source est en pause ; un passage en cours s’arrête à sa prochaine page.",
           "The source is paused; a run in progress stops at its next page."}},
    Order{OrderGiven::resume,
          "resume",
          {"La source est de nouveau moissonnée.", "The source is harvested again."}},
    Order{OrderGiven::abort,
          "abort",
          {"Le passage s’arrête à sa prochaine page.", "The run stops at its next page."}},
};

Order const& row_of(OrderGiven order) noexcept {
  return orders.at(static_cast<std::size_t>(order));
}

/// Opens before it does anything: one click is no decision.
void write_pause(Sheet& sheet, std::string_view name, std::size_t place, std::string_view token) {
  auto& html = sheet.html;
  auto const field = "reason-" + std::to_string(place);
  auto const most = std::to_string(longest_reason);
  html.element("details", {}, [&] {
    html.element("summary", {{"class", "btn s"}}, sheet.filled(pause_label, {name}));
    write_order_form(sheet, "/operator/sources/" + percent_encoded(name) + "/pause", token, [&] {
      html.element("label", {{"for", field}}, sheet.in(reason_label));
      html.empty("input", {{"type", "text"},
                           {"id", field},
                           {"name", "reason"},
                           {"maxlength", most},
                           {"autocomplete", "off"}});
      write_order_button(sheet, "btn go s", sheet.in(pause_button));
    });
  });
}

void write_state(Sheet& sheet, SourceFacts const& source) {
  auto& html = sheet.html;
  html.element("p", {{"class", "row"}}, [&] {
    html.element("b", {}, source.name);
    if (!source.paused_since) {
      html.element("span", {{"class", "small dim"}}, sheet.in(is_harvested));
      return;
    }
    html.element("span", {{"class", "state warn"}}, [&] {
      html.markup(sign::warning);
      html.text(sheet.filled(is_paused, {moment(*source.paused_since, sheet.language())}));
    });
    if (!source.pause_reason.empty()) {
      html.element("span", {{"class", "small"}}, source.pause_reason);
    }
  });
}

void write_orders_of(Sheet& sheet, SourceFacts const& source, std::size_t place,
                     std::string_view token) {
  auto& html = sheet.html;
  html.element("li", {}, [&] {
    write_state(sheet, source);
    html.element("div", {{"class", "row"}}, [&] {
      if (source.paused_since) {
        write_order_form(
            sheet, "/operator/sources/" + percent_encoded(source.name) + "/resume", token, [&] {
              write_order_button(sheet, "btn s", sheet.filled(resume_button, {source.name}));
            });
      } else {
        write_pause(sheet, source.name, place, token);
      }
      for (auto const& run : source.runs) {
        if (run.outcome == RunOutcome::running) write_abort(sheet, run, token);
      }
    });
  });
}

} // namespace

std::string operator_path(OrderGiven order) {
  return "/operator?done=" + std::string(row_of(order).name);
}

std::optional<OrderGiven> order_of(std::string_view name) noexcept {
  auto const* const found = std::ranges::find(orders, name, &Order::name);
  return found == orders.end() ? std::nullopt : std::optional(found->order);
}

void write_taken(Sheet& sheet, OrderGiven order) {
  write_taken(sheet, sheet.in(row_of(order).taken));
}

void write_orders(Sheet& sheet, StatusFacts const& facts, std::string_view token) {
  auto& html = sheet.html;
  html.element("section", {{"class", "block"}, {"aria-labelledby", "orders"}}, [&] {
    html.element("h2", {{"id", "orders"}}, sheet.in(heading));
    bool const is_any = std::ranges::any_of(facts.sources, &SourceFacts::is_configured);
    html.element("p", {{"class", "small dim"}}, sheet.in(is_any ? about : no_source));
    if (!is_any) return;
    html.element("ul", {{"class", "orders"}}, [&] {
      for (std::size_t place = 0; place < facts.sources.size(); ++place) {
        auto const& source = facts.sources[place];
        if (source.is_configured) write_orders_of(sheet, source, place, token);
      }
    });
  });
}

void write_abort(Sheet& sheet, Run const& run, std::string_view token) {
  auto& html = sheet.html;
  auto const number = text_of(run.number);
  html.element("span", {{"class", "state run"}},
               [&] { html.markup(sign::running).text(sheet.filled(is_running, {number})); });
  html.element("details", {}, [&] {
    html.element("summary", {{"class", "btn s"}}, sheet.filled(abort_label, {number}));
    html.element("p", {{"class", "small"}}, sheet.in(abort_means));
    write_order_form(sheet, path_of_run(run.number) + "/abort", token,
                     [&] { write_order_button(sheet, "btn go s", sheet.in(abort_button)); });
  });
}

} // namespace terracat::pages
