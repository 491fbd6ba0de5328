import { setTimeout as pause } from "node:timers/promises";

// What the demonstration's files are made ready for and compared by is done first: it is work of the same server, and none of a page's.
export async function untilIdle({ address }) {
  for (let said = 0; ; await pause(1000)) {
    const text = await (await fetch(`${address}/metrics`)).text();
    const left = Number(text.match(/^hoithi_jobs_unfinished (\d+)/m)?.[1]);
    if (left === 0) return;
    if (left !== said) console.error(`waiting for ${left} jobs in the background`);
    said = left;
  }
}
