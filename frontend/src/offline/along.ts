// Taking the assigned entries along: asks the size first, shows how far it is, and takes everything off the device again.
import { make } from "../elements";
import { number, say, size } from "../words";
import { type SheetData, type Taken, dropTaken, filesCache, listTaken, putTaken } from "./store";

export async function takeAlong(box: HTMLElement): Promise<void> {
  if (!("indexedDB" in window) || !("serviceWorker" in navigator)) return;
  const account = box.dataset["account"] ?? "";
  const list = box.dataset["takeAlong"] ?? "";
  const rows = new Map([...document.querySelectorAll<HTMLElement>("[data-along]")].map((row) => [row.dataset["along"] ?? "", row.dataset["edition"] ?? "0"]));
  const words = make("p", { role: "status" });
  const buttons = make("div", { class: "row" });
  box.append(words, buttons);
  box.hidden = false;

  const button = (text: string, act: () => Promise<void>, main = false) => make("button", { type: "button", class: main ? "button main small" : "button small", click: () => void act().catch(failed) }, text);
  const failed = () => {
    words.textContent = say("along-failed");
    buttons.replaceChildren(button(say("along-ask"), askSize), button(say("along-drop"), drop));
  };
  const own = async () => (await listTaken()).filter((taken) => taken.account === account && taken.page.list_href === list);

  async function show(): Promise<void> {
    const taken = await own();
    const bytes = taken.flatMap((row) => row.files).reduce((sum, file) => sum + file.bytes, 0);
    words.textContent = taken.length ? say("along-here", { n: number(taken.length), size: size(bytes) }) : say("along-text");
    buttons.replaceChildren(button(say(taken.length ? "along-again" : "along-ask"), askSize));
    if (taken.length) buttons.append(button(say("along-drop"), drop));
  }

  async function drop(): Promise<void> {
    for (const taken of await own()) await dropTaken(taken);
    await show();
  }

  async function askSize(): Promise<void> {
    words.textContent = say("along-asking");
    buttons.replaceChildren();
    const pages: SheetData[] = [];
    for (const href of rows.keys()) pages.push(await read(href));
    const bytes = pages.flatMap((page) => page.small).reduce((sum, file) => sum + file.bytes, 0);
    words.textContent = say("along-size", { n: number(pages.length), size: size(bytes) });
    buttons.replaceChildren(button(say("along-take"), () => take(pages, true), true), button(say("along-without"), () => take(pages, false)), button(say("along-not"), show));
  }

  async function take(pages: SheetData[], withFiles: boolean): Promise<void> {
    let stopped = false;
    const meter = make("progress", { max: String(pages.length), "aria-label": say("along-taking", { n: "0", total: number(pages.length) }) });
    buttons.replaceChildren(meter, make("button", { type: "button", class: "button small", click: () => (stopped = true) }, say("along-stop")));
    const cache = await caches.open(filesCache);
    let lacking = 0;
    for (const [at, page] of pages.entries()) {
      if (stopped) break;
      words.textContent = say("along-taking", { n: number(at + 1), total: number(pages.length) });
      const files = [];
      for (const file of withFiles ? page.small : []) {
        if (stopped) break;
        if (await keep(cache, file.hrefs)) files.push(file);
        else lacking += 1;
      }
      await putTaken({ href: page.href, account, at: Date.now(), page, files });
      meter.value = at + 1;
    }
    await show();
    if (lacking) words.append(` ${say("along-lacking", { n: number(lacking) })}`);
  }

  await tidy(account, list, rows);
  await show();
}

// A document is taken with all its pages or not at all.
async function keep(cache: Cache, hrefs: string[]): Promise<boolean> {
  for (const href of hrefs) {
    const response = await fetch(href, { credentials: "same-origin" });
    if (response.status !== 200) return false;
    await cache.put(href, response);
  }
  return true;
}

async function read(href: string): Promise<SheetData> {
  const response = await fetch(`${href}/along`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!response.ok || response.redirected) throw new Error(`${response.status}`);
  return (await response.json()) as SheetData;
}

// Entries that are no longer this judge's go off the device; sheets that were saved elsewhere since are read again.
async function tidy(account: string, list: string, rows: Map<string, string>): Promise<void> {
  for (const taken of await listTaken()) {
    if (taken.account !== account || taken.page.list_href !== list) continue;
    const edition = rows.get(taken.href);
    if (edition === undefined) await dropTaken(taken);
    else if (edition !== String(taken.page.edition)) await refresh(taken);
  }
}

export async function refresh(taken: Taken): Promise<void> {
  await putTaken({ ...taken, page: await read(taken.href) });
}
