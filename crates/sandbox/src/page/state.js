// What the page knows, and how it asks the sandbox.

import { say } from "./words.js";

export const $ = (id) => document.getElementById(id);
export const state = { world: null, phones: [], number: null, phone: null, messages: [], quoting: null, drawn: "" };
export const number = () => state.world?.numbers.find((number) => number.id === state.number);

export async function ask(path, method = "GET", body) {
  const options = { method, headers: body ? { "content-type": "application/json" } : {} };
  if (body) options.body = JSON.stringify(body);
  const response = await fetch(`api/${path}`, options);
  if (!response.ok) {
    const why = await response.json().then((answer) => answer.error, () => response.statusText);
    throw new Error(why);
  }
  return response.status === 204 ? null : response.json();
}

// Runs something that may fail, and says so where it does.
export const attempt = (work) => async (...given) => {
  try {
    return await work(...given);
  } catch (error) {
    $("toast").textContent = say("wrong", { why: error.message });
    $("toast").hidden = false;
    setTimeout(() => ($("toast").hidden = true), 6000);
    return null;
  }
};
