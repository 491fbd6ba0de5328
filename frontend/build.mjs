// Bundles styles and script into DIST with the content's hash in every name. Usage: node build.mjs FRONTEND LOCALES WORK DIST
// WORK is the folder where the packages are installed; the source tree is never written to.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";

const [frontend, locales, work, dist] = process.argv.slice(2);
const installed = createRequire(join(work, "package.json"));
const esbuild = installed("esbuild");
const sass = installed("sass");

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const styles = join(work, "app.css");
writeFileSync(styles, sass.compile(join(frontend, "styles/app.scss")).css);

await esbuild.build({
  entryPoints: { app: styles, "app-script": join(frontend, "src/main.ts"), "offline-shell": join(frontend, "src/offline/shell.ts") },
  outdir: dist,
  bundle: true,
  minify: true,
  format: "esm",
  // What only some pages need is a file of its own, loaded by those.
  splitting: true,
  chunkNames: "part-[name]-[hash]",
  nodePaths: [join(work, "node_modules")],
  target: ["chrome79", "firefox78", "safari15"],
  supported: { nesting: false },
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  legalComments: "none",
  logLevel: "warning",
  define: { WORDS: JSON.stringify(words()) },
});

// What the page without a network is made of; another bundle makes another worker, which keeps the new files.
const shell = readdirSync(dist).filter((name) => /^(app-[^s].*\.css|offline-shell-.*\.js)$/.test(name) || /-(400|600|700)-.*\.woff2$/.test(name) && /vietnamese|latin-[^e]/.test(name)).sort();
await esbuild.build({
  entryPoints: { sw: join(frontend, "src/sw.ts") },
  outdir: dist,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome79", "firefox78", "safari15"],
  logLevel: "warning",
  define: { SHELL: JSON.stringify(shell.map((name) => `/assets/${name}`)), VERSION: JSON.stringify(createHash("sha256").update(shell.join()).digest("hex").slice(0, 12)) },
});

for (const name of readdirSync(join(frontend, "icons"))) copyFileSync(join(frontend, "icons", name), join(dist, name));
for (const name of readdirSync(dist).filter((name) => /\.(css|js|svg|webmanifest)$/.test(name))) {
  const content = readFileSync(join(dist, name));
  const hints = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(content, hints));
  writeFileSync(join(dist, `${name}.gz`), gzipSync(content, { level: 9 }));
}

// What the script says comes from the same Fluent files as the pages: lines `script-key = text` with `{ $name }` for what is put in.
function words() {
  const byLanguage = {};
  for (const language of readdirSync(locales)) {
    const lines = readFileSync(join(locales, language, "script.ftl"), "utf8").split("\n");
    byLanguage[language] = Object.fromEntries(lines.map((line) => /^script-([a-z-]+) = (.+)$/.exec(line)).filter(Boolean).map((found) => [found[1], found[2]]));
  }
  return byLanguage;
}
