// While a body decides: how much of each quota is used by what is chosen on the page. The server counts again.
export function tally(form: HTMLFormElement): void {
  const meters = [...form.querySelectorAll<HTMLElement>("[data-counts]")];
  const count = () => meters.forEach((meter) => show(meter, chosen(form, meter.dataset["counts"] ?? "", meter.dataset["kind"])));
  form.addEventListener("change", count);
  count();
}

function chosen(form: HTMLFormElement, value: string, kind: string | undefined): number {
  const selector = 'select, input[type="radio"]:checked, input[type="checkbox"]:checked';
  return [...form.querySelectorAll<HTMLSelectElement | HTMLInputElement>(selector)].filter((field) => {
    const row = field.closest<HTMLElement>("[data-row]");
    return row !== null && field.value === value && (kind === undefined || row.dataset["row"] === kind);
  }).length;
}

function show(meter: HTMLElement, used: number): void {
  const bar = meter.querySelector("progress");
  if (!bar) return;
  bar.value = used;
  meter.classList.toggle("full", used === bar.max);
  meter.classList.toggle("over", used > bar.max);
  const words = meter.querySelector("[data-used]");
  if (words) words.textContent = String(used);
}
