// The page that stands in for a judge's pages when there is no network: drawn from what was taken along.
import { make } from "../elements";
import { clock, number, say } from "../words";
import { addUp } from "../forms";
import { sayWhatBecame } from "./desk";
import { type Mark, type SheetData, type Taken, type TakenFile, fill, keeper, listTaken, listUnsent, takenAt, unsentOf } from "./store";
import { UnsentSheet, sendUnsent } from "./unsent";

const main = document.querySelector<HTMLElement>("main");

async function draw(): Promise<void> {
  const account = keeper();
  const taken = await takenAt(location.pathname);
  if (taken && account && taken.account === account) await drawSheet(taken);
  else await drawList(account);
  const send = () => void sendUnsent(account).then(sayWhatBecame, () => undefined);
  window.addEventListener("online", send);
  window.setInterval(send, 20_000);
}

async function drawList(account: string): Promise<void> {
  const taken = (await listTaken()).filter((row) => row.account === account && account !== "");
  const unsent = new Map((await listUnsent(account)).map((row) => [row.href, row]));
  const isMissing = /\/entries\//.test(location.pathname) && taken.length > 0;
  main?.append(make("div", { class: "notice wait", role: "status" }, make("p", {}, say(isMissing ? "shell-not-taken" : taken.length ? "shell-text" : "shell-nothing"))));
  if (!taken.length) return;
  document.title = say("shell-title");
  const rows = taken.map((row) => {
    const waiting = unsent.get(row.href);
    const state = waiting?.give ? say("shell-given") : waiting ? say("shell-unsent") : row.page.is_submitted ? say("shell-submitted") : "";
    return make("li", {}, make("a", { href: row.href }, make("strong", {}, row.page.title), make("span", { class: "small soft" }, `${row.page.code} · ${row.page.contest}`), ...(state ? [make("span", { class: "chip wait" }, state)] : [])));
  });
  main?.append(make("h2", {}, say("shell-entries", { n: number(taken.length) })), make("ul", { class: "doors grid" }, ...rows));
}

async function drawSheet(taken: Taken): Promise<void> {
  const { page } = taken;
  const row = await unsentOf(taken.account, taken.href);
  if (row) fill(page, row.values);
  document.title = `${page.code} · ${page.title}`;
  document.querySelector("h1")?.replaceChildren(page.title);
  const beside = await neighbours(taken);
  main?.append(
    make("p", { class: "soft" }, [page.code, page.position, page.unit, page.authors].filter(Boolean).join(" · ")),
    make("div", { class: "row" }, make("a", { class: "button small", href: page.list_href }, say("shell-entries-all")), ...beside),
    make("div", { class: "desk" }, make("section", { class: "card" }, ...taken.files.map(show), ...missing(page, taken.files), answers(page)), form(taken, row?.edition ?? String(page.edition))),
  );
  const sheet = main?.querySelector<HTMLFormElement>("form");
  if (sheet && page.can_write) keepOffline(sheet, row?.give ?? false);
}

async function neighbours(taken: Taken): Promise<HTMLElement[]> {
  const rows = (await listTaken()).filter((row) => row.account === taken.account && row.page.list_href === taken.page.list_href);
  const at = rows.findIndex((row) => row.href === taken.href);
  const next = rows[(at + 1) % rows.length];
  return next && next.href !== taken.href ? [make("a", { class: "button small", href: next.href }, say("shell-next"))] : [];
}

function show(file: TakenFile): HTMLElement {
  const [href = ""] = file.hrefs;
  const media =
    file.viewer === "video" ? make("video", { controls: true, preload: "metadata", src: href, "aria-label": file.name })
    : file.viewer === "audio" ? make("audio", { controls: true, src: href, "aria-label": file.name })
    : file.viewer === "pdf" ? make("iframe", { src: href, title: file.name })
    : file.viewer === "pages" ? pages(file)
    : make("img", { src: href, alt: file.name });
  return make("div", { class: "viewer" }, media);
}

function pages(file: TakenFile): HTMLElement {
  const items = file.hrefs.map((src, at) => make("li", {}, make("img", { src, alt: say("page-of", { n: at + 1, all: file.hrefs.length }), loading: "lazy" })));
  return make("ol", { class: "pages-list", tabindex: "0", "aria-label": file.name }, ...items);
}

function missing(page: SheetData, files: TakenFile[]): HTMLElement[] {
  return files.length < page.files.length || !page.files.length ? [make("p", { class: "notice" }, say("shell-no-media"))] : [];
}

function answers(page: SheetData): HTMLElement {
  return make("dl", { class: "facts" }, ...page.answers.map((answer) => make("div", {}, make("dt", {}, answer.label), make("dd", {}, answer.lines.join("\n")))));
}

function form(taken: Taken, edition: string): HTMLFormElement {
  const { page } = taken;
  const sheet = make("form", { class: "card desk-form", "data-offline": page.href, "data-account": taken.account, "data-code": page.code, "data-total": true, "data-twice": true });
  sheet.append(make("input", { type: "hidden", name: "edition", value: edition }));
  for (const group of page.groups) {
    if (group.name) sheet.append(make("h2", {}, group.name));
    sheet.append(...group.marks.map((mark) => field(mark, page.can_write)));
  }
  sheet.append(area("comment", say("shell-comment"), page.comment, page.can_write), area("private_note", say("shell-private-note"), page.private_note, page.can_write));
  sheet.append(make("div", { class: "desk-end" }, make("span", { class: "saved", role: "status", "data-saved": true }, page.can_write ? say("shell-keeps") : say("shell-submitted")), ...(page.can_write ? [make("button", { class: "button main push" }, say("shell-give"))] : [])));
  return sheet;
}

function area(name: string, label: string, value: string, canWrite: boolean): HTMLElement {
  return make("div", { class: "field" }, make("label", { for: name }, label), make("textarea", { id: name, name, rows: "2", disabled: !canWrite }, value));
}

function field(mark: Mark, canWrite: boolean): HTMLElement {
  const help = mark.description ? [make("p", { class: "help", id: `${mark.name}-help` }, mark.description)] : [];
  const described = { "aria-describedby": mark.description ? `${mark.name}-help` : false };
  const levels = mark.descriptors.length
    ? [make("details", { class: "small" }, make("summary", {}, say("shell-levels")), make("dl", { class: "facts" }, ...mark.descriptors.map((level) => make("div", {}, make("dt", {}, level.mark), make("dd", {}, level.text)))))]
    : [];
  const note = make("details", { class: "note", open: mark.note !== "" }, make("summary", { class: "small" }, say("shell-note")), make("div", { class: "field" }, make("label", { class: "unseen", for: mark.note_name }, say("shell-note-of", { criterion: mark.label })), make("textarea", { id: mark.note_name, name: mark.note_name, rows: "2", maxlength: "1000", disabled: !canWrite }, mark.note)));
  const needed = mark.is_optional ? false : mark.label;
  if (!mark.radios.length) {
    const input = make("input", { id: mark.name, name: mark.name, inputmode: "decimal", autocomplete: "off", value: mark.value, disabled: !canWrite, ...described });
    return make("div", { class: "mark", "data-needed": needed }, make("div", { class: "mark-name" }, make("label", { for: mark.name }, mark.label), make("span", { class: "max" }, mark.max)), ...help, make("div", { class: "mark-number" }, input, make("span", { class: "soft" }, `/ ${mark.max_mark}`)), ...levels, note);
  }
  const radio = (value: string, label: string, checked: boolean) => make("label", {}, make("input", { type: "radio", name: mark.name, value, checked, disabled: !canWrite }), make("span", {}, label));
  const scale = make("div", { class: "scale" }, ...mark.radios.map(({ value, label, checked }) => radio(value, label, checked)));
  if (mark.is_optional) scale.append(radio("", say("shell-no-mark"), mark.value === ""));
  return make("fieldset", { class: "mark", "data-needed": needed, ...described }, make("legend", {}, `${mark.label} `, make("span", { class: "max" }, mark.max)), ...help, scale, ...levels, note);
}

// Everything typed is kept at once and goes to the server when it can be reached; what is given goes as the last word.
function keepOffline(sheet: HTMLFormElement, wasGiven: boolean): void {
  const kept = new UnsentSheet(sheet);
  const status = sheet.querySelector<HTMLElement>("[data-saved]");
  const tell = (text: string) => {
    if (status) status.textContent = text;
  };
  addUp(sheet);
  if (wasGiven) tell(say("give-later"));
  sheet.addEventListener("input", () => {
    kept.changed();
    tell(say("shell-kept", { time: clock(new Date()) }));
  });
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    const lacking = [...sheet.querySelectorAll<HTMLElement>("[data-needed]")].filter((mark) => !isMarked(mark));
    if (lacking.length) {
      tell(say("give-lacking", { criteria: lacking.map((mark) => mark.dataset["needed"] ?? "").join("; ") }));
      lacking[0]?.querySelector<HTMLElement>("input")?.focus();
      return;
    }
    kept.give();
    tell(say("give-later"));
  });
  document.addEventListener("hoithi:sent", (event) => {
    const { href, edition, give } = (event as CustomEvent<{ href: string; edition: string; give: boolean }>).detail;
    const field = sheet.querySelector<HTMLInputElement>('input[name="edition"]');
    if (href !== kept.href || !field) return;
    // The page of the sheet shows what stands on the server.
    if (give) return location.reload();
    field.value = edition;
    tell(say("saved", { time: clock(new Date()) }));
  });
  document.addEventListener("hoithi:refused", (event) => {
    const { href, give } = (event as CustomEvent<{ href: string; give: boolean }>).detail;
    if (give && href === kept.href) location.reload();
  });
}

function isMarked(mark: HTMLElement): boolean {
  const input = mark.querySelector<HTMLInputElement>("input:checked") ?? mark.querySelector<HTMLInputElement>('input:not([type="radio"])');
  return (input?.value.trim() ?? "") !== "";
}

void draw();
