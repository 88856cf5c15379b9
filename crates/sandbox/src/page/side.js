// The panel on the right: how the chosen number behaves, and the faults.

import { make } from "./bubbles.js";
import { $, ask, attempt, number, state } from "./state.js";
import { language, say } from "./words.js";

const rates = ["error_rate", "http_500_rate", "http_429_rate", "drop_connection_rate", "duplicate_rate", "reorder_rate", "drop_webhook_rate"];
const codes = [131026, 131047, 131049, 131050, 131000, 131016, 131048, 131053, 131056, 130429, 132001, 132015, 190, 368, 131042];

export function drawFaultFields() {
  const options = [make("option", { value: "" }, say("none")), ...codes.map((code) => make("option", { value: code }, code))];
  const field = (name, control) => make("label", { class: "field" }, make("span", {}, say(name)), control);
  const amount = (name, most) => field(name, make("input", { type: "number", name, min: 0, max: most, step: "any", inputmode: "decimal" }));
  $("fault-fields").replaceChildren(field("error_code", make("select", { name: "error_code" }, options)), ...rates.map((name) => amount(name, 100)), amount("latency_ms", 600000), amount("seed", null));
}

const statuses = ["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"];

// The templates of all accounts, each with the status a reviewer can give it.
function drawTemplates() {
  if ($("templates").contains(document.activeElement)) return;
  const row = (template) => {
    const known = statuses.includes(template.status) ? statuses : [template.status, ...statuses];
    const options = known.map((status) => make("option", { value: status, selected: status === template.status }, status));
    const change = attempt((event) => ask(`templates/${template.id}`, "PUT", { status: event.target.value }));
    return make("label", { class: "field" }, make("span", {}, `${template.name} · ${template.language}`), make("select", { on: { change } }, options));
  };
  $("templates").replaceChildren(...state.world.templates.slice(0, 100).map(row));
}

export function drawSide() {
  if (state.world) drawTemplates();
  const chosen = number();
  if (!chosen) return;
  $("quality").value = chosen.quality_rating;
  $("throughput").value = chosen.messages_per_second;
  if ($("faults").contains(document.activeElement)) return;
  const faults = ($("everyone").checked ? null : chosen.faults) ?? state.world.faults;
  const fields = $("faults").elements;
  for (const name of rates) fields[name].value = Math.round(faults[name] * 10000) / 100 || "";
  fields.error_code.value = faults.error_code ?? "";
  fields.latency_ms.value = faults.latency_ms || "";
  fields.seed.value = faults.seed ?? "";
}

export const drawFigures = attempt(async () => {
  const { numbers } = await ask("stats");
  const figures = numbers[state.number] ?? { accepted: 0, refused: 0, max_in_any_second: 0 };
  const pair = (word, value) => [make("dt", {}, say(word)), make("dd", {}, new Intl.NumberFormat(language).format(value))];
  $("figures").replaceChildren(...[["sentFigure", figures.accepted], ["refusedFigure", figures.refused], ["peakFigure", figures.max_in_any_second]].flatMap(([word, value]) => make("div", {}, pair(word, value))));
});

function givenFaults() {
  const fields = $("faults").elements;
  const faults = {};
  for (const name of rates) if (fields[name].value) faults[name] = Number(fields[name].value) / 100;
  for (const name of ["error_code", "latency_ms", "seed"]) if (fields[name].value) faults[name] = Math.trunc(Number(fields[name].value));
  return faults;
}

// `reload` reads the numbers again after a change.
export function wireSide(reload) {
  const setNumber = attempt(async (change) => {
    await ask(`numbers/${state.number}`, "PUT", change);
    await reload();
  });
  const setFaults = attempt(async (faults) => {
    await ask($("everyone").checked ? "faults" : `numbers/${state.number}/faults`, "PUT", faults);
    $("faults-said").textContent = say(Object.keys(faults).length > 0 ? "applied" : "cleared");
    document.activeElement.blur();
    await reload();
  });
  $("quality").onchange = (event) => setNumber({ quality_rating: event.target.value });
  $("throughput").onchange = (event) => setNumber({ throughput: Math.max(1, Math.trunc(Number(event.target.value))) });
  $("everyone").onchange = () => {
    document.activeElement.blur();
    drawSide();
  };
  $("faults").onsubmit = (event) => {
    event.preventDefault();
    setFaults(givenFaults());
  };
  $("clear-faults").onclick = () => setFaults({});
}
