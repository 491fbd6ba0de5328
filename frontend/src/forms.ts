// Small courtesies of every form: ask before what cannot be undone, never send twice, lead to the first error, add up marks.
import { forgetAll } from "./kept";
import { make } from "./elements";
import { number, say } from "./words";

export function guardForms(): void {
  document.addEventListener("submit", ask, true);
  document.addEventListener("submit", sendOnce);
  window.addEventListener("pageshow", () => document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach(release));
  document.querySelector<HTMLElement>(".errors")?.focus();
}

function ask(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const asks = event.submitter?.dataset["confirm"] ? event.submitter : form;
  const question = asks.dataset["confirm"];
  if (!question || form.dataset["confirmed"] !== undefined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const goOn = () => {
    form.dataset["confirmed"] = "";
    form.requestSubmit(event.submitter);
    delete form.dataset["confirmed"];
  };
  if (typeof HTMLDialogElement === "undefined") {
    if (window.confirm(question)) goOn();
    return;
  }
  const dialog = make("dialog", { "aria-labelledby": "question" });
  const close = (then?: () => void) => {
    dialog.close();
    dialog.remove();
    then?.();
  };
  dialog.append(
    make("p", { id: "question", class: "strong" }, question),
    make(
      "div",
      { class: "actions" },
      make("button", { type: "button", class: "button main", click: () => close(goOn) }, asks.dataset["confirmYes"] ?? say("confirm-yes")),
      make("button", { type: "button", class: "button", autofocus: true, click: () => close() }, say("confirm-no")),
    ),
  );
  dialog.addEventListener("cancel", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function sendOnce(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method === "get" || form.dataset["twice"] !== undefined) return;
  if (form.getAttribute("action") === "/sign-out") forgetAll();
  if (form.dataset["sent"] !== undefined) return event.preventDefault();
  form.dataset["sent"] = "";
  event.submitter?.setAttribute("aria-busy", "true");
  // A form that answers with a file leaves the page where it is.
  window.setTimeout(() => release(form), 8000);
}

function release(form: HTMLFormElement): void {
  delete form.dataset["sent"];
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

export function sendOnChange(form: HTMLFormElement): void {
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement || (event.target instanceof HTMLInputElement && ["checkbox", "radio"].includes(event.target.type))) form.requestSubmit();
  });
}

// A long form that does not save itself says so before it is left.
export function warnOnLeaving(form: HTMLFormElement): void {
  let typed = false;
  form.addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && event.target.type !== "password")) typed = form.method === "post";
  });
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) typed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
}

// How much may still be written, said when it becomes little.
export function countDown(field: HTMLTextAreaElement | HTMLInputElement): void {
  const words = make("p", { class: "help number", "aria-live": "polite" });
  field.after(words);
  field.addEventListener("input", () => {
    const left = field.maxLength - field.value.length;
    words.textContent = left <= Math.min(field.maxLength / 5, 100) ? say("letters-left", { n: number(left) }) : "";
  });
}

// On a small keyboard a password is typed wrong more often than it is overlooked: it can be shown.
export function canBeShown(input: HTMLInputElement): void {
  const button = make("button", { type: "button", class: "link-button small", "aria-controls": input.id, "aria-pressed": "false" }, say("password-show"));
  button.addEventListener("click", () => {
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    button.setAttribute("aria-pressed", String(hidden));
    button.textContent = say(hidden ? "password-hide" : "password-show");
  });
  input.form?.addEventListener("submit", () => (input.type = "password"));
  input.after(make("div", {}, button));
}

// The sum beside the button while a judge marks; what counts is what the server adds up.
export function addUp(form: HTMLFormElement): void {
  const total = form.querySelector("output");
  if (!total) return;
  const add = () => {
    let sum = 0;
    for (const mark of form.querySelectorAll<HTMLElement>(".mark")) {
      const input = mark.querySelector<HTMLInputElement>("input:checked") ?? mark.querySelector<HTMLInputElement>('input:not([type="radio"])');
      const value = Number((input?.value ?? "").replace(",", "."));
      if (Number.isFinite(value)) sum += value * Number(mark.dataset["weight"] ?? 1);
    }
    total.textContent = number(sum, 2);
  };
  form.addEventListener("input", add);
  add();
}
