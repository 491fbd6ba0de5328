// Bundles styles and script into DIST with the content's hash in every name. Usage: node build.mjs FRONTEND LOCALES WORK DIST
// WORK is the folder where the packages are installed; the source tree is never written to.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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
  entryPoints: { app: styles, "app-script": join(frontend, "src/main.ts") },
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
