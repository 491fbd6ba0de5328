// A game starts in the page when its button is pressed. The frame is a sandbox with scripts alone: it has no origin, so it
// reaches neither this page nor what the browser keeps for it.
import { make } from "./elements";
import { say } from "./words";

export function game(box: HTMLElement): void {
  const stage = box.querySelector(".game-stage");
  const door = box.querySelector<HTMLAnchorElement>("[data-game-start]");
  if (!stage || !door) return;
  const before = [...stage.childNodes];
  const start = (event: Event) => {
    event.preventDefault();
    const frame = make("iframe", { class: "game-frame", sandbox: "allow-scripts allow-forms", referrerpolicy: "no-referrer", src: box.dataset["game"] ?? "", title: box.dataset["gameTitle"] ?? "" });
    const whole = make("button", { type: "button", class: "button small", click: () => void fill(frame) }, say("game-whole"));
    const end = make("button", { type: "button", class: "button small", click: () => {
      stage.replaceChildren(...before);
      tools.remove();
      door.focus();
    } }, say("game-end"));
    const tools = make("p", { class: "row game-tools" }, whole, end);
    if (!frame.requestFullscreen) whole.remove();
    stage.replaceChildren(frame);
    box.append(tools);
    // So that the keys reach the game at once.
    frame.addEventListener("load", () => frame.focus());
    frame.focus();
  };
  door.addEventListener("click", start);
  door.addEventListener("keydown", (event) => {
    // It acts here, so the space bar presses it as it presses a button.
    if (event.key === " ") start(event);
  });
  door.setAttribute("role", "button");
}

async function fill(frame: HTMLIFrameElement): Promise<void> {
  try {
    await frame.requestFullscreen();
    frame.focus();
  } catch {
    // A browser may refuse; the game stays as large as it is.
  }
}
