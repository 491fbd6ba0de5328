// Looking at works: films in the size that the network carries, speed, scenes and notes to jump to, documents page by page, and
// pages that show what has become ready.
import { game } from "./game";
import { make } from "./elements";
import { say } from "./words";

const NATIVE = "application/vnd.apple.mpegurl";
const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];

export function clockOf(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const rest = `${String(Math.floor(seconds / 60) % 60).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${rest}` : rest;
}

// The plain file stands in the page; when it is begun, a playlist of several sizes takes its place.
export function film(video: HTMLVideoElement): void {
  const list = video.dataset["hls"];
  if (!list) return;
  const begin = async () => {
    const plain = video.src;
    if (video.canPlayType(NATIVE)) {
      takeOver(video, list);
      return;
    }
    try {
      const { default: Hls } = await import("hls.js/light");
      if (!Hls.isSupported()) return;
      // No worker: it would be a script from nowhere, which the page's policy refuses.
      const hls = new Hls({ enableWorker: false, capLevelToPlayerSize: true, startPosition: video.currentTime });
      hls.on(Hls.Events.ERROR, (_, error) => {
        if (!error.fatal) return;
        hls.destroy();
        takeOver(video, plain);
      });
      hls.on(Hls.Events.MANIFEST_PARSED, () => void video.play().catch(() => undefined));
      hls.loadSource(list);
      hls.attachMedia(video);
      video.dataset["played"] = "hls.js";
    } catch {
      // The part that plays lists did not come; the plain file goes on.
    }
  };
  video.addEventListener("play", () => void begin(), { once: true });
}

function takeOver(video: HTMLVideoElement, source: string): void {
  const at = video.currentTime;
  video.src = source;
  video.addEventListener("loadedmetadata", () => (video.currentTime = at), { once: true });
  void video.play().catch(() => undefined);
}

export function tools(place: HTMLElement): void {
  const media = document.getElementById(place.dataset["film"] ?? "") as HTMLMediaElement | null;
  if (!media) return;
  const choice = make("select", { id: `${media.id}-speed`, change: () => (media.playbackRate = media.defaultPlaybackRate = Number(choice.value)) });
  for (const speed of SPEEDS) choice.append(make("option", { value: String(speed), selected: speed === 1 }, `${String(speed).replace(".", document.documentElement.lang === "en" ? "." : ",")}×`));
  place.append(make("label", { for: choice.id, class: "small" }, say("speed")), choice);
}

// Of one picture with many scenes: a button for each.
export function storyboard(picture: HTMLImageElement): void {
  const media = document.getElementById(picture.dataset["storyboard"] ?? "") as HTMLMediaElement | null;
  const tiles = Number(picture.dataset["tiles"]);
  const columns = Number(picture.dataset["columns"]);
  const step = Number(picture.dataset["step"]);
  if (!media || !tiles || !columns) return;
  const width = Number(picture.getAttribute("width")) / columns;
  const height = Number(picture.getAttribute("height")) / Math.ceil(tiles / columns);
  const list = make("ol", { class: "scenes" });
  for (let tile = 0; tile < tiles; tile += 1) {
    const still = make("span", { class: "scene" });
    still.style.width = `${width}px`;
    still.style.height = `${height}px`;
    still.style.backgroundPosition = `-${(tile % columns) * width}px -${Math.floor(tile / columns) * height}px`;
    const at = tile * step;
    list.append(make("li", {}, make("button", { type: "button", "aria-label": say("jump-to", { time: clockOf(at) }), click: () => jump(media, at) }, still, make("span", { class: "small" }, clockOf(at)))));
  }
  // The picture is asked for when the scenes are opened, not before.
  picture.closest("details")?.addEventListener("toggle", () => list.querySelectorAll<HTMLElement>(".scene").forEach((still) => (still.style.backgroundImage = `url("${picture.src}")`)), { once: true });
  picture.replaceWith(list);
}

function jump(media: HTMLMediaElement, milliseconds: number): void {
  const go = () => (media.currentTime = milliseconds / 1000);
  if (media.readyState > 0) go();
  else {
    media.addEventListener("loadedmetadata", go, { once: true });
    media.preload = "metadata";
    media.load();
  }
  media.scrollIntoView({ block: "nearest" });
}

export function jumps(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-jump]");
    const media = document.getElementById(button?.dataset["of"] ?? "") as HTMLMediaElement | null;
    if (button && media) {
      event.preventDefault();
      jump(media, Number(button.dataset["jump"]));
      media.focus();
    }
  });
}

// The moment of a note is where the film stands, until somebody types another.
export function noteMoment(input: HTMLInputElement): void {
  const media = document.getElementById(input.dataset["moment"] ?? "") as HTMLMediaElement | null;
  let typed = false;
  input.addEventListener("input", () => (typed = true));
  media?.addEventListener("timeupdate", () => {
    if (!typed) input.value = clockOf(media.currentTime * 1000);
  });
}

// One page at a time. Arrows, Page Up and Down, Home and End turn pages, digits go to a page by its number.
export function pages(box: HTMLElement): void {
  const list = box.querySelector<HTMLElement>(".pages-list");
  const items = [...box.querySelectorAll<HTMLElement>(".pages-list > li")];
  const thumbs = [...box.querySelectorAll<HTMLAnchorElement>(".pages-thumbs a")];
  if (!list || items.length < 2) return;
  let now = 0;
  let turned = false;
  let typed = "";
  let forget = 0;
  const status = make("span", { class: "pages-status", role: "status" });
  const turn = (step: number, word: string, sign: string) => make("button", { type: "button", class: "button small", click: () => show(now + step) }, make("span", { class: `sign ${sign}`, "aria-hidden": "true" }), make("span", {}, word));
  const back = turn(-1, say("page-previous"), "prev");
  const on = turn(1, say("page-next"), "next");
  const show = (wanted: number) => {
    turned ||= wanted !== now;
    now = Math.max(0, Math.min(items.length - 1, wanted));
    items.forEach((item, at) => (item.hidden = at !== now));
    // Who turns pages will turn the next; who only looks in pays for one.
    for (const at of turned ? [now, now + 1] : [now]) {
      const picture = items[at]?.querySelector("img");
      if (picture) picture.loading = "eager";
    }
    thumbs.forEach((thumb, at) => (at === now ? thumb.setAttribute("aria-current", "true") : thumb.removeAttribute("aria-current")));
    const strip = thumbs[now]?.closest<HTMLElement>(".pages-nav");
    if (strip && thumbs[now]) strip.scrollLeft = thumbs[now].offsetLeft - strip.clientWidth / 2;
    status.textContent = say("page-of", { n: now + 1, all: items.length });
    back.disabled = now === 0;
    on.disabled = now === items.length - 1;
  };
  const keys: Record<string, () => number> = { ArrowRight: () => now + 1, ArrowDown: () => now + 1, PageDown: () => now + 1, ArrowLeft: () => now - 1, ArrowUp: () => now - 1, PageUp: () => now - 1, Home: () => 0, End: () => items.length - 1 };
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^\d$/.test(event.key)) {
      typed = `${typed}${event.key}`.slice(-4);
      window.clearTimeout(forget);
      forget = window.setTimeout(() => (typed = ""), 1500);
      if (Number(typed) > 0) show(Number(typed) - 1);
      return;
    }
    const to = keys[event.key];
    if (!to) return;
    event.preventDefault();
    show(to());
  });
  thumbs.forEach((thumb, at) => thumb.addEventListener("click", (event) => (event.preventDefault(), show(at), list.focus())));
  box.classList.add("is-paged");
  list.after(make("div", { class: "row pages-tools" }, back, status, on));
  const asked = items.findIndex((item) => `#${item.id}` === location.hash);
  show(Math.max(0, asked));
}

const FIRST_LOOK = 3000;
const LAST_LOOK = 30_000;

// Asks how far it is, less and less often, until all is there.
export function rendering(place: HTMLElement): void {
  const address = place.dataset["rendering"] ?? "";
  const said = place.querySelector<HTMLElement>("[data-rendering-said]");
  const bar = place.querySelector("progress");
  let pause = FIRST_LOOK;
  const look = async () => {
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    const state = answer?.ok ? ((await answer.json()) as { is_waiting: boolean; percent: number; said: string }) : null;
    if (state && said && said.textContent !== state.said) said.textContent = state.said;
    if (state && bar) bar.value = state.percent;
    if (state && !state.is_waiting && (await renew(place))) return;
    pause = Math.min(pause * 1.3, LAST_LOOK);
    window.setTimeout(() => void look(), pause);
  };
  window.setTimeout(() => void look(), pause);
}

// A film that plays, a game that somebody is in, a button that somebody is at.
const isInUse = (place: HTMLElement) => place.querySelector("iframe.game-frame") !== null || place.contains(document.activeElement) || [...place.querySelectorAll<HTMLMediaElement>("video, audio")].some((media) => !media.paused);

// The page is asked for again and only this work is put in its place: what is typed and what plays stays as it is, until
// another time. Answers whether it is done.
async function renew(place: HTMLElement): Promise<boolean> {
  if (isInUse(place)) return false;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(place.id);
  if (isInUse(place)) return false;
  if (!fresh) {
    place.remove();
    return true;
  }
  const copy = document.importNode(fresh, true);
  place.replaceWith(copy);
  wake(copy);
  copy.dispatchEvent(new CustomEvent("hoithi:renewed", { bubbles: true }));
  return true;
}

export function wake(root: ParentNode): void {
  const all = <Found extends Element>(selector: string, act: (element: Found) => void) => root.querySelectorAll<Found>(selector).forEach(act);
  all("video[data-hls]", film);
  all("[data-film]", tools);
  all("img[data-storyboard]", storyboard);
  all("[data-pages]", pages);
  all("[data-game]", game);
}
