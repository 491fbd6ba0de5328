// A sheet's safety copy: kept at every change until the server has it, sent again when the network is back, and shown beside the saved
// version when two devices disagree.
import { make } from "../elements";
import { valuesOf } from "../kept";
import { clock, say } from "../words";
import { type Unsent, type Values, dropUnsent, keyOf, listUnsent, noteSaved, putUnsent, randomId, unsentOf } from "./store";

export class UnsentSheet {
  readonly account: string;
  readonly href: string;
  save = randomId();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly form: HTMLFormElement) {
    this.account = form.dataset["account"] ?? "";
    this.href = (form.dataset["autosave"] ?? form.dataset["offline"] ?? "").replace(/\/autosave$/, "");
  }

  get edition(): string {
    return this.form.querySelector<HTMLInputElement>('input[name="edition"]')?.value ?? "0";
  }

  // Every change is a new save: a repeat of an old one must not be taken for it.
  changed(): void {
    this.save = randomId();
    this.keep();
  }

  keep(): void {
    const row: Unsent = { key: keyOf(this.account, this.href), account: this.account, href: this.href, code: this.form.dataset["code"] ?? "", edition: this.edition, save: this.save, at: Date.now(), values: valuesOf(this.form) };
    this.then(() => putUnsent(row));
  }

  drop(): void {
    this.then(() => dropUnsent(this.account, this.href));
  }

  saved(edition: string): void {
    const values = valuesOf(this.form);
    this.then(() => noteSaved(this.href, edition, values));
  }

  // The browser may refuse to store; the page works without.
  private then(act: () => Promise<unknown>): void {
    this.turn = this.turn.then(act).catch(() => undefined);
  }

  async offer(): Promise<void> {
    const row = await unsentOf(this.account, this.href).catch(() => undefined);
    if (!row) return;
    if (JSON.stringify(row.values) === JSON.stringify(valuesOf(this.form))) return this.drop();
    if (row.edition === this.edition && !row.why) {
      restore(this.form, row.values);
      this.form.prepend(make("p", { class: "notice wait", role: "status" }, say("unsent-back", { time: clock(new Date(row.at)) })));
      return;
    }
    this.both(row);
  }

  private both(row: Unsent): void {
    const here = new Map(row.values);
    const saved = new Map(valuesOf(this.form));
    const lines = [...new Set([...saved.keys(), ...here.keys()])].filter((name) => (saved.get(name) ?? "") !== (here.get(name) ?? ""));
    const cell = (text: string | undefined) => make("td", {}, text ?? "");
    const table = make(
      "table",
      {},
      make("caption", {}, say("both-title")),
      make("thead", {}, make("tr", {}, make("td", {}), make("th", { scope: "col" }, say("both-saved")), make("th", { scope: "col" }, say("both-here", { time: clock(new Date(row.at)) })))),
      make("tbody", {}, ...lines.map((name) => make("tr", {}, make("th", { scope: "row" }, labelOf(this.form, name)), cell(saved.get(name)), cell(here.get(name))))),
    );
    const notice = make("div", { class: "notice no", role: "alert", "data-both": true }, make("strong", {}, say("both-text")), make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("both-title") }, table));
    const take = () => {
      notice.remove();
      restore(this.form, row.values);
    };
    const keepSaved = () => {
      notice.remove();
      this.drop();
    };
    const buttons = make("div", { class: "row" }, make("button", { type: "button", class: "button small", click: keepSaved }, say("both-keep")));
    if (this.form.dataset["autosave"]) buttons.prepend(make("button", { type: "button", class: "button small main", click: take }, say("both-take")));
    notice.append(buttons);
    this.form.prepend(notice);
  }
}

export function restore(form: HTMLFormElement, values: Values): void {
  const of = new Map(values);
  for (const element of form.elements) {
    if (element instanceof HTMLInputElement && element.type === "radio") element.checked = (of.get(element.name) ?? "") === element.value;
    else if (element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && !["hidden", "submit"].includes(element.type))) element.value = of.get(element.name) ?? "";
  }
  for (const note of form.querySelectorAll<HTMLDetailsElement>("details.note")) note.open = note.querySelector("textarea")?.value !== "";
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function labelOf(form: HTMLFormElement, name: string): string {
  const field = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`);
  const words = field?.closest("fieldset")?.querySelector("legend") ?? form.querySelector(`label[for="${CSS.escape(name)}"]`);
  return (field instanceof HTMLTextAreaElement ? form.querySelector(`label[for="${CSS.escape(field.id)}"]`) : words)?.textContent?.trim() ?? name;
}

export type Sent = { sent: string[]; disagreeing: Unsent[]; refused: Unsent[]; waiting: number };

// Sends what waits for this account. `except` is the sheet on the page, which sends itself.
export async function sendUnsent(account: string, except = ""): Promise<Sent> {
  const answer: Sent = { sent: [], disagreeing: [], refused: [], waiting: 0 };
  let lost = false;
  let csrf = document.querySelector<HTMLInputElement>('input[name="csrf"]')?.value ?? "";
  for (const row of await listUnsent(account)) {
    if (row.href === except) continue;
    if (row.why) {
      (row.why === "both" ? answer.disagreeing : answer.refused).push(row);
      continue;
    }
    if (lost) {
      answer.waiting += 1;
      continue;
    }
    try {
      if (!csrf) csrf = await freshCsrf(row.href, account);
      await sendOne(row, csrf, answer);
    } catch {
      lost = true;
      answer.waiting += 1;
    }
  }
  return answer;
}

// A page that stands in without a network has no hidden field of its own.
async function freshCsrf(href: string, account: string): Promise<string> {
  const response = await fetch(`${href}/along`, { headers: { Accept: "application/json", "X-Requested-With": "fetch" }, credentials: "same-origin" });
  if (response.redirected || !response.ok) throw new Error("signed out");
  const page = (await response.json()) as { account: string; csrf: string };
  // Somebody else is signed in on this device now: nothing is sent in another's name.
  if (page.account !== account) throw new Error("another account");
  return page.csrf;
}

async function sendOne(row: Unsent, csrf: string, answer: Sent): Promise<void> {
  const fields = new URLSearchParams([...row.values, ["csrf", csrf], ["edition", row.edition], ["save", row.save]]);
  const response = await fetch(`${row.href}/autosave`, { method: "POST", body: fields, headers: { "X-Requested-With": "fetch", Accept: "application/json" }, credentials: "same-origin" });
  if (response.redirected || response.status === 401 || response.status === 403 || response.status === 429 || response.status >= 500) throw new Error(`${response.status}`);
  const said = (await response.json().catch(() => ({}))) as { edition?: number; message?: string; both?: boolean };
  const now = await unsentOf(row.account, row.href);
  if (response.ok) {
    const edition = String(said.edition ?? row.edition);
    if (!now || now.save === row.save) await dropUnsent(row.account, row.href);
    else await putUnsent({ ...now, edition });
    await noteSaved(row.href, edition, row.values);
    document.dispatchEvent(new CustomEvent("hoithi:sent", { detail: { href: row.href, edition } }));
    answer.sent.push(row.href);
    return;
  }
  const kept: Unsent = { ...(now ?? row), why: said.both ? "both" : "refused", message: said.message ?? say("unsent-refused") };
  await putUnsent(kept);
  (said.both ? answer.disagreeing : answer.refused).push(kept);
}
