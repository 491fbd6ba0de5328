// Makes elements without markup in strings: text can never become a tag.
type Attributes = Record<string, string | boolean | ((event: Event) => void)>;

export function make<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

export function each<Found extends Element>(selector: string, act: (element: Found) => void): void {
  document.querySelectorAll<Found>(selector).forEach(act);
}

export function stored(act: (storage: Storage) => void): void {
  // Private windows and full disks refuse the storage; everything works without it.
  try {
    act(localStorage);
  } catch {
    return;
  }
}
