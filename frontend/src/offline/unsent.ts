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
    this.href = (form.dataset["autosave"] ?? form.dataset["offline"] ?? form.dataset["kept"] ?? "").replace(/\/autosave$/, "");
  }

  get edition(): string {
    return this.form.querySelector<HTMLInputElement>('input[name="edition"]')?.value ?? "0";
  }

  // Every change is a new save: a repeat of an old one must not be taken for it.
  changed(): void {
    this.save = randomId();
    this.keep();
  }

  // The judge's last word without a network. It has an id of its own, so that no save of a draft is taken for it.
  give(): void {
    this.save = randomId();
    this.keep(true);
  }

  keep(give = false): void {
    const row: Unsent = { key: keyOf(this.account, this.href), account: this.account, href: this.href, code: this.form.dataset["code"] ?? "", edition: this.edition, save: this.save, at: Date.now(), values: valuesOf(this.form), give };
    this.then(() => putUnsent(row));
  }

  drop(): void {
    this.then(() => dropUnsent(this.account, this.href));
  }

  saved(edition: string, isGiven = false): void {
    const values = valuesOf(this.form);
    this.then(() => noteSaved(this.href, edition, values, isGiven));
  }

  // All that was asked of the store so far has happened.
  async settled(): Promise<void> {
    await this.turn;
  }

  // The browser may refuse to store; the page works without.
  private then(act: () => Promise<unknown>): void {
    this.turn = this.turn.then(act).catch(() => undefined);
  }

  async offer(): Promise<void> {
    const row = await unsentOf(this.account, this.href).catch(() => undefined);
    if (!row) return;
    // What was given without a network is sent by the page itself.
    if (row.give && !row.why) return;
    if (!row.why && JSON.stringify(row.values) === JSON.stringify(valuesOf(this.form))) return this.drop();
    if (row.edition === this.edition && row.why !== "both") {
      restore(this.form, row.values);
      const said = row.why ? make("div", { class: "notice no", role: "alert", "data-refused": true }, make("strong", {}, row.message ?? say("unsent-refused")), make("p", {}, say("refused-here"))) : make("p", { class: "notice wait", role: "status" }, say("unsent-back", { time: clock(new Date(row.at)) }));
      this.form.prepend(said);
      return;
    }
    this.both(row);
  }

  // Where nothing can be written any more: what this device kept, to be read and copied, until the judge throws it away.
  async showKept(): Promise<void> {
    const row = await unsentOf(this.account, this.href).catch(() => undefined);
    if (!row) return;
    const lines = row.values.filter(([, value]) => value !== "").map(([name, value]) => make("div", {}, make("dt", {}, labelOf(this.form, name)), make("dd", {}, value)));
    const notice = make("div", { class: "notice no", role: "alert", "data-refused": true }, make("strong", {}, row.message ?? say("unsent-refused")), make("p", {}, say("kept-here", { time: clock(new Date(row.at)) })), make("dl", { class: "facts" }, ...lines));
    const drop = () => {
      notice.remove();
      this.drop();
    };
    notice.append(make("button", { type: "button", class: "button small", click: drop }, say("kept-drop")));
    this.form.prepend(notice);
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

// The label stands in the form, or is known by the name where the form can't be written in.
function labelOf(form: HTMLFormElement, name: string): string {
  const criterion = /^note-(.+)$/.exec(name)?.[1];
  if (criterion) return say("shell-note-of", { criterion: labelOf(form, `mark-${criterion}`) });
  const field = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`);
  const label = form.querySelector(`label[for="${CSS.escape(field?.id ?? name)}"]`);
  const words = field instanceof HTMLTextAreaElement ? label : (field?.closest("fieldset")?.querySelector("legend") ?? label);
  const known = name === "comment" ? say("shell-comment") : name === "private_note" ? say("shell-private-note") : name;
  return words?.textContent?.trim() ?? known;
}

export type Sent = { sent: string[]; given: string[]; disagreeing: Unsent[]; refused: Unsent[]; waiting: number };

// Sends what waits for this account. `except` is the sheet on the page, which sends itself; when the page has just come, what was
// given on it before goes from here.
export async function sendUnsent(account: string, except = "", isNewPage = false): Promise<Sent> {
  const answer: Sent = { sent: [], given: [], disagreeing: [], refused: [], waiting: 0 };
  let lost = false;
  let csrf = document.querySelector<HTMLInputElement>('input[name="csrf"]')?.value ?? "";
  for (const row of await listUnsent(account)) {
    if (row.href === except && !(row.give && isNewPage)) continue;
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

type Said = { edition?: number; message?: string; errors?: { text: string }[]; both?: boolean };

// What the server says to one row; a refusal for which trying again later is right, and a lost network, are thrown.
async function post(row: Unsent, csrf: string, where: "autosave" | "submit", save: string): Promise<{ ok: boolean; said: Said }> {
  const fields = new URLSearchParams([...row.values, ["csrf", csrf], ["edition", row.edition], ["save", save], ["act", "later"]]);
  const response = await fetch(`${row.href}/${where}`, { method: "POST", body: fields, headers: { "X-Requested-With": "fetch", Accept: "application/json" }, credentials: "same-origin" });
  if (response.redirected || response.status === 401 || response.status === 403 || response.status === 429 || response.status >= 500) throw new Error(`${response.status}`);
  return { ok: response.ok, said: (await response.json().catch(() => ({}))) as Said };
}

async function sendOne(row: Unsent, csrf: string, answer: Sent): Promise<void> {
  const { ok, said } = await post(row, csrf, row.give ? "submit" : "autosave", row.save);
  const now = await unsentOf(row.account, row.href);
  if (ok) {
    const edition = String(said.edition ?? row.edition);
    if (!now || now.save === row.save) await dropUnsent(row.account, row.href);
    else await putUnsent({ ...now, edition });
    await noteSaved(row.href, edition, row.values, row.give);
    document.dispatchEvent(new CustomEvent("hoithi:sent", { detail: { href: row.href, edition, give: row.give ?? false } }));
    (row.give ? answer.given : answer.sent).push(row.href);
    return;
  }
  const message = [said.message ?? say("unsent-refused"), ...(said.errors ?? []).map((error) => error.text)].join(" ");
  const kept: Unsent = { ...(now ?? row), give: false, why: said.both ? "both" : "refused", message };
  // What can't be given yet can still be saved: the marks wait on the server too.
  if (row.give && !said.both) {
    const saved = await post(row, csrf, "autosave", `${row.save}-draft`);
    if (saved.ok) kept.edition = String(saved.said.edition ?? kept.edition);
  }
  await putUnsent(kept);
  document.dispatchEvent(new CustomEvent("hoithi:refused", { detail: { href: row.href, give: row.give ?? false } }));
  (said.both ? answer.disagreeing : answer.refused).push(kept);
}
