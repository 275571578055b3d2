// What is asked before something is done, and what came of it. The element dialog keeps the focus inside and closes on Esc.

import { Refused, get, signIn, signOut } from "./api.mjs";
import { element, setText } from "./dom.mjs";
import { shownLines } from "./text.mjs";

let number = 0;

function open(title, ...content) {
  const id = "dialog-" + ++number;
  const dialog = element("dialog", { "aria-labelledby": id }, element("h2", { id }, title), ...content);
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.isConnected && before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Asks, does it, and says what came of it.
 *
 * @param title what would be done
 * @param lines what that means
 * @param verb the button
 * @param fields [{name, label, hint, required}] or [{name, label, box: true}]: a text, or whether a box is ticked, given to act by name
 * @param act does it: resolves to the outcome in words, or rejects
 */
export function askFor(title, lines, verb, fields, act) {
  const outcome = element("p", { class: "outcome", role: "status" });
  const go = element("button", { type: "submit", class: "primary" }, verb);
  const leave = element("button", { type: "button" }, "Cancel");
  const inputs = fields.map(field);
  const form = element(
    "form",
    { method: "dialog" },
    ...lines.map((line) => element("p", {}, line)),
    ...inputs.map((one) => one.label),
    outcome,
    element("div", { class: "buttons" }, leave, go),
  );
  const dialog = open(title, form);
  leave.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (submit) => {
    submit.preventDefault();
    go.disabled = true;
    setText(outcome, "Asking the server …");
    const values = Object.fromEntries(inputs.map((one) => [one.name, one.value()]));
    const answer = await attempt(() => act(values));
    outcome.dataset.level = answer.level;
    setText(outcome, shownLines(answer.text));
    setText(leave, "Close");
    go.hidden = answer.level === "ok";
    go.disabled = false;
    leave.focus();
  });
  (inputs[0]?.input ?? leave).focus();
}

async function attempt(act) {
  try {
    return { level: "ok", text: await act() };
  } catch (e) {
    return { level: "bad", text: e instanceof Refused ? "Not done: " + e.message : "Not done: this page failed, " + e };
  }
}

function field({ name, label, hint = "", required = false, box = false }) {
  if (box) {
    const input = element("input", { type: "checkbox" });
    return { name, input, value: () => input.checked, label: element("label", { class: "check" }, input, label) };
  }
  const input = element("input", { type: "text", required, autocomplete: "off", spellcheck: "false" });
  return { name, input, value: () => input.value.trim(), label: element("label", {}, label, input, element("small", {}, hint)) };
}

/** Asks for a token until the server takes one. Nothing can be shown without it, so that it cannot be closed. */
export function askForToken(taken) {
  const input = element("input", { type: "password", required: true, autocomplete: "current-password" });
  const refused = element("p", { class: "outcome", role: "alert", "data-level": "bad" });
  const form = element(
    "form",
    { method: "dialog" },
    element("p", {}, "This server tells its figures only to those who have one of its tokens. It is kept until this tab is closed."),
    element("label", {}, "Token", input),
    refused,
    element("div", { class: "buttons" }, element("button", { type: "submit", class: "primary" }, "Sign in")),
  );
  const dialog = open("Sign in", form);
  dialog.addEventListener("cancel", (cancel) => cancel.preventDefault());
  form.addEventListener("submit", async (submit) => {
    submit.preventDefault();
    signIn(input.value.trim());
    try {
      await get("session");
      dialog.close();
      taken();
    } catch (e) {
      signOut();
      setText(refused, e.status === 401 ? "The server does not know this token." : "Not signed in: " + e.message);
      input.select();
    }
  });
  input.focus();
}
