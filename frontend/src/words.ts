// What the script says, in the page's language; the texts are put in at build time from locales/*/script.ftl.
declare const WORDS: Record<string, Record<string, string>>;

export const language = document.documentElement.lang || "vi";

export function say(key: string, facts: Record<string, string | number> = {}): string {
  const text = WORDS[language]?.[key] ?? WORDS["vi"]?.[key] ?? key;
  return text.replace(/\{ ?\$(\w+) ?\}/g, (_, name: string) => String(facts[name] ?? ""));
}

export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

export function size(bytes: number): string {
  const units = ["byte", "kB", "MB", "GB"];
  let power = 0;
  while (bytes >= 1000 && power < units.length - 1) {
    bytes /= 1000;
    power += 1;
  }
  return `${number(bytes, bytes < 10 && power > 0 ? 1 : 0)} ${units[power]}`;
}

export function clock(at: Date): string {
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}
