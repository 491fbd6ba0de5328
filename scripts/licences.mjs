#!/usr/bin/env node
// Refuses a dependency whose licence would bind the program: only the licences below may be built in, or, for the npm
// packages, be built in or used to test. Reads Cargo's own metadata and the package locks; asks nobody.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const allowed = new Set(["MIT", "MIT-0", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "0BSD", "MPL-2.0", "Unicode-3.0",
  "Unicode-DFS-2016", "CC0-1.0", "BSL-1.0", "Unlicense", "CDLA-Permissive-2.0", "OFL-1.1", "PostgreSQL", "OpenSSL", "bzip2-1.0.6",
  "Apache-2.0 WITH LLVM-exception", "Python-2.0", "BlueOak-1.0.0"]);

// One alternative of an OR is enough; every part of an AND must be allowed.
function fits(expression) {
  const words = expression.replaceAll("/", " OR ").match(/\(|\)|[^\s()]+/g) ?? [];
  let place = 0;
  const either = () => {
    let answer = both();
    while (words[place] === "OR") { place += 1; answer = both() || answer; }
    return answer;
  };
  const both = () => {
    let answer = one();
    while (words[place] === "AND") { place += 1; answer = one() && answer; }
    return answer;
  };
  const one = () => {
    if (words[place] === "(") {
      place += 1;
      const answer = either();
      place += 1;
      return answer;
    }
    let name = words[place++] ?? "";
    if (words[place] === "WITH") { name += ` WITH ${words[place + 1]}`; place += 2; }
    return allowed.has(name);
  };
  return either() && place === words.length;
}

// Packages that say their licence in their readme alone.
const saidElsewhere = new Map([["combine-errors", "MIT"]]);

const host = execFileSync("rustc", ["-vV"]).toString().match(/^host: (.+)$/m)[1];
const metadata = JSON.parse(execFileSync("cargo", ["metadata", "--format-version", "1", "--locked", "--filter-platform", host], { maxBuffer: 2 ** 28 }));
const found = metadata.packages.map(({ name, version, license }) => [`crate ${name} ${version}`, license]);
for (const lock of execFileSync("git", ["ls-files", "*package-lock.json"]).toString().split("\n").filter(Boolean)) {
  for (const [path, { version, license }] of Object.entries(JSON.parse(readFileSync(lock)).packages)) {
    const name = path.replace("node_modules/", "");
    if (path) found.push([`${lock}: ${name} ${version}`, license ?? saidElsewhere.get(name)]);
  }
}
const refused = found.filter(([, license]) => !license || !fits(license));
refused.forEach(([name, license]) => console.error(`${name}: ${license ?? "no licence given"}`));
console.log(`${found.length} dependencies, ${refused.length} with a licence that is not allowed`);
process.exit(refused.length ? 1 : 0);
