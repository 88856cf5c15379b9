// How a message looks on the phone. Texts of messages become text nodes only, never markup.

import { day, say, time } from "./words.js";

const emojis = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

// An element with attributes and children; `on` are its listeners, falsy children are left out.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

function icon(path, name = "") {
  const svg = document.createElementNS("http:" + "//www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  if (name) svg.setAttribute("class", name);
  const shape = document.createElementNS(svg.namespaceURI, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

export const paths = {
  reply: "M10 8V4L3 11l7 7v-4c5 0 8.5 1.5 11 5-1-6-4-10-11-11z",
  smile: "M12 3a9 9 0 1 0 .01 0M8.5 14.500c1.8 2.4 5.2 2.4 7 0M9 9.500v.1M15 9.500v.1",
  link: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.1M4 12h.1M4 18h.1",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  pin: "M12 21s7-6.5 7-11a7 7 0 1 0-14 0c0 4.5 7 11 7 11zM12 7.500a2.5 2.5 0 1 0 .01 0",
  person: "M12 4a4 4 0 1 0 .01 0M4 20c1-4 4-6 8-6s7 2 8 6",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.500v.1",
  sound: "M4 10v4M8 7v10M12 4v16M16 8v8M20 10v4",
};

const tick = { one: "M4 13l4 4L18 7", two: "M1.5 13l4 4L15.5 7M10 15.500l1.5 1.500L21.5 7", wait: "M12 6v6l4 2M12 3a9 9 0 1 0 .01 0", no: "M12 7v6M12 16.500v.1M12 3a9 9 0 1 0 .01 0" };

export function ticks(status) {
  const [path, look] = { accepted: [tick.wait, ""], sent: [tick.one, ""], delivered: [tick.two, ""], read: [tick.two, "blue"], failed: [tick.no, "red"] }[status];
  return make("span", { class: `ticks ${look}` }, icon(path), make("span", { class: "sr" }, say(status)));
}

// WhatsApp's *bold*, _italic_, ~struck~ and ```code```.
export function rich(text) {
  const kinds = { "*": "strong", _: "em", "~": "s", "```": "code" };
  const pattern = /(```)([\s\S]+?)```|(?<![\p{L}\p{N}])([*_~])(?=\S)(.+?)(?<=\S)\3(?![\p{L}\p{N}])/u;
  const nodes = [];
  let rest = text ?? "";
  for (let found = pattern.exec(rest); found; found = pattern.exec(rest)) {
    nodes.push(rest.slice(0, found.index));
    const [whole, code, coded, mark, marked] = found;
    nodes.push(make(kinds[code ?? mark], {}, code ? coded : rich(marked)));
    rest = rest.slice(found.index + whole.length);
  }
  return [...nodes, rest];
}

export const kindOf = (line) => (["text", "template", "buttons", "list"].includes(line.type) ? "" : say(["image", "video", "audio", "document", "sticker", "location", "contacts", "reaction"].includes(line.type) ? line.type : "unknown", { type: line.type }));

// One line of a message, for lists and quotes.
export const oneLine = (line) => [kindOf(line), line.text].filter(Boolean).join(" · ").replace(/\s+/g, " ");

const ofWeb = (link) => (/^https?:/.test(link ?? "") ? link : null);

function media(type, part) {
  const source = part.id ? `api/media/${encodeURIComponent(part.id)}` : ofWeb(part.link);
  const caption = part.caption && make("p", {}, rich(part.caption));
  const named = part.filename ?? say(type);
  if (type === "image" || type === "sticker") {
    const failed = (event) => event.target.replaceWith(make("span", { class: "thing" }, icon(paths.picture), say(type)));
    return [source && make("img", { src: source, alt: part.caption || say(type), class: type, on: { error: failed } }), caption];
  }
  if (type === "audio") return [make("audio", { src: source, controls: true, "aria-label": say(type) })];
  if (type === "video") return [make("video", { src: source, controls: true, "aria-label": say(type) }), caption];
  return [make("a", { class: "thing", href: source, target: "_blank", rel: "noopener" }, icon(paths.file), named), caption];
}

function header(part) {
  if (!part) return null;
  if (part.type === "text") return make("p", { class: "title" }, part.text);
  return make("div", { class: "media" }, media(part.type, part[part.type] ?? {}));
}

function content(shown) {
  switch (shown.type) {
    case "text":
    case "template":
    case "buttons":
    case "list":
      return [header(shown.header), make("p", { class: "text" }, rich(shown.body)), shown.footer && make("p", { class: "foot" }, shown.footer)];
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return [make("div", { class: "media" }, media(shown.type, shown.media ?? {}))];
    case "location": {
      const { latitude, longitude, name, address } = shown.location ?? {};
      return [make("span", { class: "thing" }, icon(paths.pin), name ?? `${latitude}, ${longitude}`), address && make("p", {}, address)];
    }
    case "contacts":
      return (shown.contacts ?? []).map((card) => make("span", { class: "thing" }, icon(paths.person), card.name?.formatted_name ?? say("contacts")));
    default:
      return [make("p", { class: "text odd" }, say("unknown", { type: shown.type }))];
  }
}

function actions(message, does) {
  const { shown } = message;
  const buttons = (shown.buttons ?? []).map((button) => {
    if (button.kind === "url") {
      return make("a", { class: "act", href: ofWeb(button.url), target: "_blank", rel: "noopener" }, icon(paths.link), button.title);
    }
    return make("button", { type: "button", class: "act", on: { click: () => does.tap(message, button) } }, icon(paths.reply), button.title);
  });
  if (shown.list) {
    buttons.push(make("button", { type: "button", class: "act", "aria-haspopup": "dialog", on: { click: () => does.list(message) } }, icon(paths.list), shown.list.button));
  }
  return buttons.length > 0 && make("div", { class: "acts" }, buttons);
}

function tools(message, does) {
  const menu = make("div", { class: "emojis", id: `react-${message.wamid}`, popover: "auto" });
  const mine = message.reaction_of_customer;
  for (const emoji of emojis) {
    const chosen = emoji === mine;
    const words = chosen ? say("takeBack") : say("reactWith", { emoji });
    const react = () => {
      menu.hidePopover();
      does.react(message, chosen ? "" : emoji);
    };
    menu.append(make("button", { type: "button", class: chosen ? "chosen" : "", "aria-label": words, on: { click: react } }, emoji));
  }
  const open = (event) => {
    menu.showPopover();
    const place = event.currentTarget.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(place.left - 90, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${Math.max(8, place.top - menu.offsetHeight - 6)}px`;
  };
  const reply = make("button", { type: "button", class: "icon", "aria-label": say("reply"), title: say("reply"), on: { click: () => does.quote(message) } }, icon(paths.reply));
  const react = make("button", { type: "button", class: "icon", "aria-label": say("react"), title: say("react"), on: { click: open } }, icon(paths.smile));
  return make("div", { class: "tools" }, reply, react, menu);
}

// A message of the chat; `names` says who the sides are.
export function bubble(message, names, does) {
  const mine = message.from === "customer";
  const quoted = message.quoted && make("blockquote", {}, make("b", {}, message.quoted.from === "customer" ? say("you") : names.business), make("span", {}, oneLine(message.quoted)));
  const sees = mine ? null : say("sees", { status: say(message.status) });
  const stamp = make("p", { class: "stamp", title: sees }, make("time", { datetime: new Date(message.at).toISOString() }, time(message.at)), ticks(message.status));
  const reactions = [...new Set([message.reaction_of_business, message.reaction_of_customer].filter(Boolean))];
  const body = make("div", { class: "bubble" }, quoted, content(message.shown), stamp);
  const label = say("message", { name: mine ? say("you") : names.business });
  return make(
    "li",
    { class: `message ${mine ? "mine" : "theirs"}`, "data-wamid": message.wamid },
    make("article", { "aria-label": label }, body, actions(message, does), reactions.length > 0 && make("p", { class: "reactions" }, reactions.join(" "))),
    tools(message, does),
  );
}

export const dayLine = (at) => make("li", { class: "day" }, make("span", {}, day(at)));
