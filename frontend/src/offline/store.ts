// What a judge's device keeps: entries that were taken along, and sheets that the server does not have yet. Everything is bound to
// the account it belongs to, because telephones are shared.

export type Values = [string, string][];

// A sheet that was written here and has not arrived. `edition` is the one it was written on, `save` the id of this save; with `give`
// it is the judge's last word, and is submitted when it arrives.
export type Unsent = { key: string; account: string; href: string; code: string; edition: string; save: string; at: number; values: Values; give?: boolean; why?: "both" | "refused"; message?: string };

export type Radio = { value: string; label: string; checked: boolean };
export type Mark = { name: string; label: string; description: string; max: string; max_mark: string; is_optional: boolean; radios: Radio[]; value: string; note_name: string; note: string; descriptors: { mark: string; text: string }[] };
// One address, or one for each page of a document.
export type TakenFile = { hrefs: string[]; viewer: string; bytes: number; name: string };
export type SheetData = {
  account: string; csrf: string; href: string; list_href: string; contest: string; round: string; code: string; title: string; position: string; unit: string; authors: string; edition: number;
  comment: string; private_note: string; can_write: boolean; is_submitted: boolean;
  groups: { name: string; marks: Mark[] }[]; answers: { label: string; lines: string[]; href: string }[]; files: unknown[]; small: TakenFile[];
};
export type Taken = { href: string; account: string; at: number; page: SheetData; files: TakenFile[] };

const database = "hoithi-judge";
const owner = "hoithi:judge-account";
export const filesCache = "hoithi-taken";

type Store = "taken" | "unsent";

function open(): Promise<IDBDatabase> {
  return new Promise((opened, failed) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("taken", { keyPath: "href" });
      request.result.createObjectStore("unsent", { keyPath: "key" });
    };
    request.onsuccess = () => opened(request.result);
    request.onerror = () => failed(request.error ?? new Error(database));
  });
}

async function ask<Answer>(store: Store, mode: IDBTransactionMode, act: (rows: IDBObjectStore) => IDBRequest<Answer>): Promise<Answer> {
  const opened = await open();
  try {
    return await new Promise<Answer>((done, failed) => {
      const transaction = opened.transaction(store, mode);
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = transaction.onabort = () => failed(transaction.error ?? new Error(store));
    });
  } finally {
    opened.close();
  }
}

// The account whose things are here is known without opening the database, so that nobody else's page pays for it.
export function keeper(): string {
  try {
    return localStorage.getItem(owner) ?? "";
  } catch {
    return "";
  }
}

function keepFor(account: string): void {
  try {
    localStorage.setItem(owner, account);
  } catch {
    return;
  }
}

export const keyOf = (account: string, href: string) => `${account}|${href}`;

export const unsentOf = (account: string, href: string): Promise<Unsent | undefined> => ask("unsent", "readonly", (rows) => rows.get(keyOf(account, href)) as IDBRequest<Unsent | undefined>);

export async function listUnsent(account: string): Promise<Unsent[]> {
  const all = await ask("unsent", "readonly", (rows) => rows.getAll() as IDBRequest<Unsent[]>);
  return all.filter((row) => row.account === account);
}

export async function putUnsent(row: Unsent): Promise<void> {
  keepFor(row.account);
  await ask("unsent", "readwrite", (rows) => rows.put(row));
}

export const dropUnsent = (account: string, href: string): Promise<unknown> => ask("unsent", "readwrite", (rows) => rows.delete(keyOf(account, href)));

// What an older page kept in another shape counts as not taken.
const isWhole = (row: Taken | undefined): row is Taken => row?.files.every((file) => Array.isArray(file.hrefs)) ?? false;

export async function takenAt(href: string): Promise<Taken | undefined> {
  const row = await ask("taken", "readonly", (rows) => rows.get(href) as IDBRequest<Taken | undefined>);
  return isWhole(row) ? row : undefined;
}

export async function listTaken(): Promise<Taken[]> {
  return (await ask("taken", "readonly", (rows) => rows.getAll() as IDBRequest<Taken[]>)).filter(isWhole);
}

export async function putTaken(row: Taken): Promise<void> {
  keepFor(row.account);
  await ask("taken", "readwrite", (rows) => rows.put(row));
}

export async function dropTaken(row: Taken): Promise<void> {
  await ask("taken", "readwrite", (rows) => rows.delete(row.href));
  if ("caches" in window) {
    const cache = await caches.open(filesCache);
    await Promise.all(row.files.flatMap((file) => file.hrefs).map((href) => cache.delete(href)));
  }
}

// Everything that was taken along; what was written and not sent stays for its account.
export async function forgetTaken(): Promise<void> {
  if ("caches" in window) await caches.delete(filesCache);
  await ask("taken", "readwrite", (rows) => rows.clear());
}

// Whoever signs out leaves nothing behind; what others could not send yet stays for them.
export async function forgetEverything(account: string): Promise<void> {
  await forgetTaken();
  for (const row of await listUnsent(account)) await dropUnsent(account, row.href);
  const others = await ask("unsent", "readonly", (rows) => rows.count());
  if (others) return;
  await new Promise<void>((done) => {
    const request = indexedDB.deleteDatabase(database);
    request.onsuccess = request.onerror = request.onblocked = () => done();
  });
  try {
    localStorage.removeItem(owner);
  } catch {
    return;
  }
}

// What was saved on the server is what the next hour without a network begins with.
export async function noteSaved(href: string, edition: string, values: Values, isGiven = false): Promise<void> {
  const taken = await takenAt(href);
  if (!taken) return;
  taken.page.edition = Number(edition);
  fill(taken.page, values);
  if (isGiven) {
    taken.page.is_submitted = true;
    taken.page.can_write = false;
  }
  await putTaken(taken);
}

export function fill(page: SheetData, values: Values): void {
  const of = new Map(values);
  for (const mark of page.groups.flatMap((group) => group.marks)) {
    mark.value = of.get(mark.name) ?? "";
    mark.note = of.get(mark.note_name) ?? "";
    for (const radio of mark.radios) radio.checked = radio.value === mark.value;
  }
  page.comment = of.get("comment") ?? "";
  page.private_note = of.get("private_note") ?? "";
}

export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
