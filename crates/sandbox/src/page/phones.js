// The phones page: which number, which phone, the chat between them, and how both behave.

import { bubble, dayLine, make, oneLine, ticks } from "./bubbles.js";
import { drawFaultFields, drawFigures, drawSide, wireSide } from "./side.js";
import { $, ask, attempt, number, state } from "./state.js";
import { label, language, pretty, say, speak, time } from "./words.js";

const phone = () => state.phones.find((phone) => phone.phone === state.phone);
const nameOf = (phone) => phone.name || pretty(phone.phone);
const initials = (name) => name.replace(/[^\p{L} ]/gu, "").trim().split(/\s+/).slice(0, 2).map((word) => word[0] ?? "").join("").toUpperCase() || "☎";
const colour = (text) => `c${[...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 6, 7)}`;
const face = (name, key) => make("span", { class: `face ${colour(key)}`, "aria-hidden": "true" }, initials(name));

function remember() {
  const query = new URLSearchParams(location.search);
  for (const [key, value] of [["number", state.number], ["phone", state.phone]]) value ? query.set(key, value) : query.delete(key);
  history.replaceState(null, "", `?${query}`);
}

const loadWorld = attempt(async () => {
  state.world = await ask("world");
  if (!number()) state.number = state.world.numbers[0]?.id;
  drawNumbers();
  drawSide();
});

const loadPhones = attempt(async () => {
  const { phones } = await ask(`phones?number=${encodeURIComponent(state.number)}`);
  state.phones = phones;
  drawPhones();
  drawBar();
});

const loadChat = attempt(async () => {
  if (!state.phone) return drawChat();
  const asked = state.phone;
  const { messages } = await ask(`phones/${asked}/messages?number=${encodeURIComponent(state.number)}`);
  if (asked !== state.phone) return;
  state.messages = messages.filter((message) => message.shown?.type !== "reaction");
  drawChat();
  await readChat();
});

// Looking at the chat reads it, as on a real phone.
async function readChat() {
  const looking = document.visibilityState === "visible" && (document.body.dataset.view === "chat" || innerWidth > 760);
  const waiting = state.messages.some((message) => message.from === "business" && ["sent", "delivered"].includes(message.status));
  if (looking && waiting && !phone()?.silent) await ask(`phones/${state.phone}/read`, "POST", { number_id: state.number });
}

function drawNumbers() {
  const all = state.world.numbers;
  $("number-find").hidden = all.length < 9;
  const wanted = $("number-search").value.toLowerCase();
  const fits = (number) => `${number.verified_name} ${number.display_phone_number}`.toLowerCase().includes(wanted);
  // A number that waits for its code comes first, with what its own phone got.
  const waits = (number) => (number.sms ? 0 : 1);
  const rows = all.filter(fits).sort((one, other) => waits(one) - waits(other)).slice(0, 100).map((number) =>
    make("li", {}, make("button", { type: "button", class: "item", "aria-current": number.id === state.number ? "true" : null, on: { click: () => chooseNumber(number.id) } },
      face(number.verified_name, number.id),
      make("span", { class: "lines" }, make("b", {}, number.verified_name), make("small", {}, number.status === "CONNECTED" ? number.display_phone_number : `${number.display_phone_number} · ${say("pending")}`)),
      make("span", { class: `dot ${number.quality_rating.toLowerCase()}`, title: `${say("quality")}: ${number.quality_rating}` })), number.sms && sms(number)));
  $("numbers").replaceChildren(...rows);
}

// The SMS, or what the call said, as the phone of a business number that is being verified shows it.
function sms(number) {
  const { code, method, expires_at } = number.sms;
  const voice = method === "VOICE";
  const spoken = voice ? [...code].join(" ") : `${code.slice(0, 3)}-${code.slice(3)}`;
  return make("div", { class: "sms", role: "status" },
    make("b", {}, say(voice ? "voiceTitle" : "smsTitle", { phone: number.display_phone_number })),
    make("p", {}, say(voice ? "voiceText" : "smsText", { code: spoken })),
    make("small", {}, say("smsUntil", { time: time(expires_at) })));
}

function drawPhones() {
  const wanted = $("phone-search").value.toLowerCase();
  const fits = (phone) => `${phone.name} ${phone.phone}`.toLowerCase().includes(wanted);
  const rows = state.phones.filter(fits).slice(0, 200).map((phone) => {
    const last = phone.last;
    const line = last ? make("small", { class: "line" }, last.from === "customer" && ticks(last.status), make("span", {}, oneLine(last))) : make("small", { class: "line" }, pretty(phone.phone));
    return make("li", {}, make("button", { type: "button", class: "item", "aria-current": phone.phone === state.phone ? "true" : null, on: { click: () => choosePhone(phone.phone) } },
      face(nameOf(phone), phone.phone),
      make("span", { class: "lines" }, make("b", {}, nameOf(phone)), line),
      make("span", { class: "end" }, last && make("small", {}, time(last.at)), phone.unread > 0 && make("span", { class: "badge" }, phone.unread, make("span", { class: "sr" }, ` ${say("unread", { n: "" }).trim()}`)))));
  });
  $("phones").replaceChildren(...rows);
  $("no-phones").hidden = state.phones.length > 0;
}

function drawBar() {
  const business = number();
  const customer = phone();
  $("chat-title").textContent = customer && business ? business.verified_name : say("title");
  $("chat-sub").textContent = customer ? `${nameOf(customer)}${customer.name ? ` · ${pretty(customer.phone)}` : ""}` : "";
  $("face").className = `face ${colour(business?.id ?? "")}`;
  $("face").textContent = business ? initials(business.verified_name) : "";
  document.querySelector(".device").classList.toggle("off", Boolean(customer?.silent));
  $("composer").classList.toggle("inert", !customer);
  for (const control of $("composer").elements) control.disabled = !customer;
  $("phone-switches").disabled = !customer;
  $("auto-read").checked = customer ? customer.auto_read ?? state.world?.settings.auto_read ?? false : false;
  $("silent").checked = Boolean(customer?.silent);
  $("blocked").checked = Boolean(customer?.blocked);
  $("missing").checked = customer ? !customer.exists : false;
}

function drawChat() {
  const names = { business: number()?.verified_name ?? "" };
  const drawn = JSON.stringify([state.messages, language, state.phone]);
  $("nothing").hidden = state.phone && state.messages.length > 0;
  $("nothing").textContent = state.phone ? say("nothing", { name: names.business }) : say("choose");
  if (drawn === state.drawn) return;
  const wall = $("wall");
  const atEnd = wall.scrollHeight - wall.scrollTop - wall.clientHeight < 120;
  const known = new Map([...$("log").children].map((row) => [row.dataset.wamid, row]));
  const keep = state.keep?.language === language && state.keep?.phone === state.phone ? state.keep.texts : new Map();
  const texts = new Map();
  const rows = [];
  let lastDay = "";
  for (const message of state.messages) {
    const today = new Date(message.at).toDateString();
    if (today !== lastDay) rows.push(dayLine(message.at));
    lastDay = today;
    const text = JSON.stringify(message);
    texts.set(message.wamid, text);
    // A bubble that did not change stays the same element, so focus and reading are not disturbed.
    rows.push(keep.get(message.wamid) === text && known.has(message.wamid) ? known.get(message.wamid) : bubble(message, names, does));
  }
  $("log").replaceChildren(...rows);
  const changedChat = state.keep?.phone !== state.phone || state.keep?.number !== state.number;
  state.keep = { language, phone: state.phone, number: state.number, texts };
  state.drawn = drawn;
  if (atEnd || changedChat) wall.scrollTop = wall.scrollHeight;
}

const write = attempt(async (body) => {
  const name = phone()?.name;
  await ask(`phones/${state.phone}/messages`, "POST", { to_number_id: state.number, ...(name ? { name } : {}), ...body });
  await refresh();
  $("wall").scrollTop = $("wall").scrollHeight;
});

const does = {
  tap: (message, button) => write({ type: "button", reply_id: button.id, text: button.title, context: message.wamid, without_context: $("bare-taps").checked }),
  react: (message, emoji) => write({ type: "reaction", context: message.wamid, emoji }),
  quote(message) {
    state.quoting = message;
    const line = { ...message, type: message.shown.type, text: message.shown.body ?? message.shown.media?.caption };
    $("quote-who").textContent = message.from === "customer" ? say("you") : number().verified_name;
    $("quote-text").textContent = oneLine(line);
    $("quote").hidden = false;
    $("text").focus();
  },
  list(message) {
    const { button, sections } = message.shown.list;
    $("list-title").textContent = button;
    $("list-rows").replaceChildren(...sections.map((section, place) =>
      make("fieldset", {}, section.title ? make("legend", {}, section.title) : make("legend", { class: "sr" }, say("options")), section.rows.map((row, index) =>
        make("label", { class: "choice" }, make("span", {}, make("b", {}, row.title), row.description && make("small", {}, row.description)),
          make("input", { type: "radio", name: "row", value: row.id, required: true, checked: place === 0 && index === 0 }))))));
    $("list-form").onsubmit = (event) => {
      event.preventDefault();
      const chosen = new FormData(event.target).get("row");
      $("list-dialog").close();
      write({ type: "list", reply_id: chosen, context: message.wamid, without_context: $("bare-taps").checked });
    };
    $("list-dialog").showModal();
  },
};

function unquote() {
  state.quoting = null;
  $("quote").hidden = true;
}

function chooseNumber(id) {
  state.number = id;
  state.messages = [];
  unquote();
  remember();
  drawNumbers();
  drawSide();
  return refresh();
}

function choosePhone(id) {
  state.phone = id;
  state.messages = [];
  unquote();
  remember();
  show("chat");
  drawPhones();
  drawBar();
  return refresh().then(() => innerWidth > 760 && $("text").focus());
}

function show(view) {
  document.body.dataset.view = view;
}

const refresh = async () => {
  await loadPhones();
  await loadChat();
};

const setPhone = attempt(async (change) => {
  await ask(`phones/${state.phone}`, "PUT", change);
  await refresh();
});

const sendFile = attempt(async (file) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32768) binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
  const family = file.type.split("/")[0];
  const type = ["image", "video", "audio"].includes(family) ? family : "document";
  const caption = $("text").value.trim();
  $("text").value = "";
  await write({ type, data: btoa(binary), mime_type: file.type || "application/octet-stream", filename: file.name, ...(caption && type !== "audio" ? { caption } : {}) });
});

function openPhoneDialog() {
  const some = String(Math.floor(Math.random() * 9000) + 1000);
  $("phone-name").value = "";
  $("phone-number").value = `+54 9 11 6000 ${some}`;
  $("phone-error").textContent = "";
  $("phone-dialog").showModal();
}

const makePhone = attempt(async (event) => {
  event.preventDefault();
  const digits = $("phone-number").value.replace(/\D/g, "");
  const wrong = digits.length < 5 || digits.length > 15;
  $("phone-number").setAttribute("aria-invalid", wrong);
  $("phone-error").textContent = wrong ? say("phoneWrong") : "";
  if (wrong) return $("phone-number").focus();
  const name = $("phone-name").value.trim();
  await ask(`phones/${digits}`, "PUT", name ? { name } : {});
  $("phone-dialog").close();
  await choosePhone(digits);
});

// News come in swarms during a campaign: the page looks at most four times a second.
let due = null;
let urgent = new Set();
function hear(news) {
  if (news.kind === "typing" && news.number === state.number && news.phone === state.phone) return typing();
  urgent.add(["number", "settings", "template"].includes(news.kind) ? "world" : "chat");
  if (news.kind === "reset") urgent.add("world");
  due ??= setTimeout(async () => {
    const todo = urgent;
    urgent = new Set();
    due = null;
    if (todo.has("world")) await loadWorld();
    if (todo.has("chat")) await refresh();
    drawFigures();
  }, 250);
}

let typed = null;
function typing() {
  $("typing").hidden = false;
  $("wall").scrollTop = $("wall").scrollHeight;
  clearTimeout(typed);
  typed = setTimeout(() => ($("typing").hidden = true), 4000);
}

function listen() {
  const source = new EventSource("api/events");
  const connected = (yes) => {
    $("live").textContent = say(yes ? "live" : "offline");
    $("live").classList.toggle("on", yes);
  };
  source.onopen = () => {
    connected(true);
    hear({ kind: "reset" });
  };
  source.onerror = () => connected(false);
  source.onmessage = (event) => {
    const news = JSON.parse(event.data);
    if (news.kind === "message") $("typing").hidden = true;
    hear(news);
  };
}

function toggleSide(open) {
  document.body.classList.toggle("side-open", open);
  $("open-side").setAttribute("aria-expanded", open);
  (open ? $("close-side") : $("open-side")).focus();
}

function fitText() {
  $("text").rows = Math.min(5, $("text").value.split("\n").length);
}

function redraw() {
  label();
  document.title = `${say("title")} · Sandbox`;
  $("live-log").setAttribute("aria-label", say("messages"));
  drawFaultFields();
  drawSide();
  if (state.world) drawNumbers();
  drawPhones();
  drawBar();
  drawChat();
  drawFigures();
}

function wire() {
  $("language").value = language;
  $("language").onchange = (event) => {
    speak(event.target.value);
    const query = new URLSearchParams(location.search);
    query.set("lang", language);
    history.replaceState(null, "", `?${query}`);
    redraw();
  };
  const root = document.documentElement;
  const stored = localStorage.getItem("sandbox-theme");
  if (stored) root.dataset.theme = stored;
  $("theme").onclick = () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("sandbox-theme", root.dataset.theme);
  };
  $("number-search").oninput = drawNumbers;
  $("phone-search").oninput = drawPhones;
  $("new-phone").onclick = openPhoneDialog;
  $("phone-cancel").onclick = () => $("phone-dialog").close();
  $("phone-form").onsubmit = makePhone;
  $("list-close").onclick = () => $("list-dialog").close();
  $("back").onclick = () => show("list");
  $("open-side").onclick = () => toggleSide(!document.body.classList.contains("side-open"));
  $("close-side").onclick = () => toggleSide(false);
  $("quote-off").onclick = unquote;
  $("composer").onsubmit = (event) => {
    event.preventDefault();
    const text = $("text").value.trim();
    if (!text || !state.phone) return;
    const context = state.quoting?.wamid;
    $("text").value = "";
    fitText();
    unquote();
    write({ type: "text", text, ...(context ? { context } : {}) });
  };
  $("text").oninput = fitText;
  $("text").onkeydown = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $("composer").requestSubmit();
    }
  };
  $("attach").onclick = () => $("file").click();
  $("file").onchange = (event) => {
    const [file] = event.target.files;
    if (file) sendFile(file);
    event.target.value = "";
  };
  $("auto-read").onchange = (event) => setPhone({ auto_read: event.target.checked });
  $("silent").onchange = (event) => setPhone({ silent: event.target.checked });
  $("blocked").onchange = (event) => setPhone({ blocked: event.target.checked });
  $("missing").onchange = (event) => setPhone({ exists: !event.target.checked });
  wireSide(loadWorld);
  document.addEventListener("visibilitychange", () => readChat());
}

const query = new URLSearchParams(location.search);
state.number = query.get("number");
state.phone = query.get("phone")?.replace(/\D/g, "") || null;
wire();
redraw();
if (state.phone) show("chat");
await loadWorld();
await refresh();
await drawFigures();
listen();
