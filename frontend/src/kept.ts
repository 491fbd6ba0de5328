// The safety copy of a form in the browser: made while typing, dropped when the server has it, offered back if it never got there.
import { make, stored } from "./elements";
import { clock, say } from "./words";

type Values = [string, string][];
type Copy = { at: number; values: Values };

const prefix = "hoithi:form:";
const longest = 14 * 24 * 3600 * 1000;

export function valuesOf(form: HTMLFormElement): Values {
  const secret = (name: string) => name === "csrf" || form.querySelector(`[type="password"][name="${CSS.escape(name)}"], [type="hidden"][name="${CSS.escape(name)}"]`) !== null;
  return [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string" && !secret(pair[0]));
}

export function bodyOf(form: HTMLFormElement, save: string | undefined): URLSearchParams {
  const fields = new URLSearchParams(save ? { save } : {});
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  return fields;
}

export class Kept {
  private readonly key: string;

  constructor(private readonly form: HTMLFormElement, address: string) {
    this.key = prefix + new URL(address, location.href).pathname;
  }

  keep(): void {
    const copy: Copy = { at: Date.now(), values: valuesOf(this.form) };
    stored((storage) => storage.setItem(this.key, JSON.stringify(copy)));
  }

  drop(): void {
    stored((storage) => storage.removeItem(this.key));
  }

  offer(): void {
    const copy = this.read();
    if (!copy) return;
    if (JSON.stringify(copy.values) === JSON.stringify(valuesOf(this.form))) return this.drop();
    const notice = make("div", { class: "notice wait", role: "status" }, make("strong", {}, say("kept-title", { time: clock(new Date(copy.at)) })), make("p", {}, say("kept-text")));
    const take = () => {
      this.restore(copy.values);
      notice.remove();
    };
    const drop = () => {
      this.drop();
      notice.remove();
    };
    notice.append(
      make("div", { class: "row" }, make("button", { type: "button", class: "button small", click: take }, say("kept-take")), make("button", { type: "button", class: "button small quiet", click: drop }, say("kept-drop"))),
    );
    this.form.prepend(notice);
  }

  private read(): Copy | null {
    let copy: Copy | null = null;
    stored((storage) => {
      copy = JSON.parse(storage.getItem(this.key) ?? "null") as Copy | null;
    });
    return copy;
  }

  private restore(values: Values): void {
    const left = new Map<string, string[]>();
    for (const [name, value] of values) left.set(name, [...(left.get(name) ?? []), value]);
    for (const element of this.form.elements) {
      if (element instanceof HTMLInputElement && ["checkbox", "radio"].includes(element.type)) element.checked = left.get(element.name)?.includes(element.value) ?? false;
      else if (element instanceof HTMLSelectElement && element.multiple) for (const option of element.options) option.selected = left.get(element.name)?.includes(option.value) ?? false;
      else if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement || (element instanceof HTMLInputElement && !["hidden", "password", "file", "submit"].includes(element.type))) {
        const value = left.get(element.name)?.shift();
        if (value !== undefined) element.value = value;
      }
    }
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// A shared telephone must not show one person's words to the next.
export function forgetAll(): void {
  stored((storage) => Object.keys(storage).filter((key) => key.startsWith(prefix)).forEach((key) => storage.removeItem(key)));
}

export function forgetOld(): void {
  stored((storage) => {
    for (const key of Object.keys(storage).filter((key) => key.startsWith(prefix))) {
      const copy = JSON.parse(storage.getItem(key) ?? "null") as Copy | null;
      if (!copy || Date.now() - copy.at > longest) storage.removeItem(key);
    }
  });
}
