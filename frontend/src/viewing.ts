// Notes which seconds of a film were played and which pages came before the judge's eyes, where the round asks for it, and sends it
// in batches. What was seen twice counts once; the server believes no more than the time that passed.
const every = 15_000;

export function noteViewing(desk: HTMLElement): void {
  const address = desk.dataset["viewing"] ?? "";
  const csrf = document.querySelector<HTMLInputElement>('input[name="csrf"]')?.value ?? "";
  const seen = new Map<string, Set<number>>();
  let changed = false;
  const note = (id: string, what: number) => {
    const own = seen.get(id) ?? new Set<number>();
    if (own.has(what)) return;
    seen.set(id, own.add(what));
    changed = true;
  };

  const watch = (file: HTMLElement) => {
    const id = file.dataset["attachment"] ?? "";
    for (const media of file.querySelectorAll<HTMLMediaElement>("video, audio")) {
      media.addEventListener("timeupdate", () => {
        if (!media.paused) note(id, Math.floor(media.currentTime));
      });
    }
    const isFilm = file.querySelector("video, audio") !== null;
    if (!isFilm) file.addEventListener("click", () => note(id, 0));
    if ("IntersectionObserver" in window) {
      const eye = new IntersectionObserver((entries) => {
        for (const entry of entries) {
          const page = Number(/-(\d+)$/.exec(entry.target.id)?.[1] ?? "1");
          // Half of the page, or of the window where a page is larger than it.
          const enough = Math.min(entry.boundingClientRect.height, window.innerHeight) / 2;
          if (entry.isIntersecting && entry.intersectionRect.height >= enough && document.visibilityState === "visible") note(id, page - 1);
        }
      }, { threshold: [0.1, 0.2, 0.3, 0.4, 0.5] });
      // A picture stands in the page whole: to have it before the eyes is to have opened it.
      file.querySelectorAll('[id^="page-"], iframe, .viewer:not(.sound, .game-stage) > img').forEach((page) => eye.observe(page));
    }
  };
  desk.querySelectorAll<HTMLElement>("[data-attachment]").forEach(watch);
  // What was still being made when the page came stands in a place of its own later.
  desk.addEventListener("hoithi:renewed", (event) => watch(event.target as HTMLElement));

  async function send(): Promise<void> {
    if (!changed) return;
    changed = false;
    const fields = new URLSearchParams({ csrf });
    for (const [id, own] of seen) fields.append(`seen-${id}`, written(own));
    const said = await fetch(address, { method: "POST", body: fields, headers: { "X-Requested-With": "fetch", Accept: "application/json" }, credentials: "same-origin", keepalive: true }).catch(() => undefined);
    // Everything is sent each time, so that a batch that was lost is in the next one.
    if (!said?.ok) changed = true;
  }

  window.setInterval(() => void send(), every);
  document.addEventListener("visibilitychange", () => void send());
  // Before the sheet is given, what was seen has to be there.
  document.querySelector<HTMLFormElement>(".desk-form")?.addEventListener("submit", () => void send());
  document.addEventListener("pause", () => void send(), true);
}

function written(seen: Set<number>): string {
  const parts: [number, number][] = [];
  for (const at of [...seen].sort((one, other) => one - other)) {
    const last = parts[parts.length - 1];
    if (last && last[1] === at) last[1] = at + 1;
    else parts.push([at, at + 1]);
  }
  return parts.map(([from, to]) => `${from}-${to}`).join(",");
}
