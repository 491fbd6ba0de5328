// What a server and everything it started has used, as the kernel counts it.
import { readFileSync, readdirSync } from "node:fs";
import { execFileSync } from "node:child_process";

const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"]));

function fields(pid) {
  // The name in brackets may hold spaces, so the fields are counted from its end; the first after it is field 3.
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function tree(root) {
  const parents = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try { parents.set(Number(name), Number(fields(name)[1])); } catch { /* it ended in between */ }
  }
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}

// Milliseconds of processor, in the program and in the kernel for it, with children that have ended.
export function processorMilliseconds(root) {
  let ticks = 0;
  for (const pid of tree(root)) {
    const [utime, stime, cutime, cstime] = fields(pid).slice(11, 15).map(Number);
    ticks += utime + stime + cutime + cstime;
  }
  return (ticks * 1000) / ticksPerSecond;
}

export function residentMegabytes(root) {
  return tree(root).reduce((sum, pid) => {
    const kilobytes = readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/);
    return sum + (kilobytes ? Number(kilobytes[1]) / 1024 : 0);
  }, 0);
}
