// The service worker of a judge's pages. It keeps no page of anybody: without a network every page under /judge is the one that stands in,
// which draws from what the device keeps for its account. Files are asked of the network first, so that whoever may not see one does not.
declare const SHELL: string[];
declare const VERSION: string;

type Extendable = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Extendable & { request: Request; respondWith(answer: Promise<Response>): void };

const worker = self as unknown as { addEventListener(name: string, act: (event: never) => void): void; skipWaiting(): Promise<void>; clients: { claim(): Promise<void> }; location: Location };
const shellCache = `hoithi-shell-${VERSION}`;
const filesCache = "hoithi-taken";
const shellPage = "/judge/offline";

worker.addEventListener("install", (event: Extendable) => {
  event.waitUntil(
    caches.open(shellCache).then(async (cache) => {
      await cache.addAll([shellPage, ...SHELL]);
      await worker.skipWaiting();
    }),
  );
});

worker.addEventListener("activate", (event: Extendable) => {
  event.waitUntil(
    caches.keys().then(async (names) => {
      await Promise.all(names.filter((name) => name.startsWith("hoithi-shell-") && name !== shellCache).map((name) => caches.delete(name)));
      await worker.clients.claim();
    }),
  );
});

worker.addEventListener("fetch", (event: Fetching) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  if (request.mode === "navigate" && pathname.startsWith("/judge")) event.respondWith(fetch(request).catch(() => kept(shellCache, shellPage)));
  else if (SHELL.includes(pathname)) event.respondWith(kept(shellCache, pathname).catch(() => fetch(request)));
  else if (pathname.startsWith("/files/")) event.respondWith(fetch(request).catch(() => taken(request)));
});

async function kept(cache: string, path: string): Promise<Response> {
  const found = await (await caches.open(cache)).match(path);
  if (!found) throw new Error(`${path} is not kept`);
  return found;
}

// A player asks for parts of a film; the whole of it is kept.
async function taken(request: Request): Promise<Response> {
  const whole = await kept(filesCache, new URL(request.url).pathname);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!range) return whole;
  const blob = await whole.blob();
  const from = Number(range[1]);
  const to = range[2] ? Math.min(Number(range[2]), blob.size - 1) : blob.size - 1;
  const headers = { "Content-Type": whole.headers.get("Content-Type") ?? "application/octet-stream", "Content-Range": `bytes ${from}-${to}/${blob.size}`, "Accept-Ranges": "bytes" };
  return new Response(blob.slice(from, to + 1), { status: 206, headers });
}
