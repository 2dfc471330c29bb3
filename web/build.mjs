// Builds the pages, the loader and the widget into beian/server/static (or the folder given as the first
// argument). The output is a pure function of this folder: the same sources give the same bytes.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? path.join(here, "../beian/server/static"));

// Gzipped sizes in bytes that the files must not exceed.
const LIMITS = {
  "embed.js": 5 * 1024,
  "static/widget.js": 38 * 1024,
  "static/widget.css": 9 * 1024,
  "static/en.js": 5 * 1024,
  "static/zh-TW.js": 5 * 1024,
  "static/site.js": 3 * 1024,
  "static/desk.js": 40 * 1024,
  "static/desk.css": 10 * 1024,
};
// Below this many bytes compressing saves nothing; the server has the same bound.
const SMALLEST = 512;
const FOREIGN = /(?:https?:)?\/\/(?!www\.w3\.org\/)[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;

async function bundle(entry, options) {
  const result = await esbuild.build({
    entryPoints: { [options.name]: path.join(here, entry) },
    outdir: out,
    absWorkingDir: here,
    bundle: true,
    minify: true,
    write: false,
    charset: "utf8",
    legalComments: "none",
    target: "es2020",
    jsx: "automatic",
    jsxImportSource: "preact",
    mainFields: ["module", "main"],
    define: { "process.env.NODE_ENV": '"production"', ...options.define },
    format: options.format ?? "esm",
    external: ["icon.svg"],
    logLevel: "warning",
  });
  return result.outputFiles.map((file) => [options.folder + path.basename(file.path), Buffer.from(file.contents)]);
}

/** A file's name with the digest of its content, so that it can be cached for ever. */
function digested(name, content) {
  return `${name}?v=${createHash("sha256").update(content).digest("hex").slice(0, 12)}`;
}

// Dictionaries of the widget that are loaded when they are asked for, each a file beside it.
const dictionaries = new Map();
for (const name of ["zh-TW", "en"]) {
  for (const file of await bundle(`src/widget/words/${name}.ts`, { name, folder: "static/" })) dictionaries.set(...file);
}
const addresses = [...dictionaries].map(([name, content]) => {
  const file = path.basename(name);
  return [path.basename(name, ".js"), `./${digested(file, content)}`];
});
const define = { DICTIONARIES: JSON.stringify(Object.fromEntries(addresses)) };

const files = new Map([
  ...dictionaries,
  ...(await bundle("src/widget/main.tsx", { name: "widget", folder: "static/", define })),
  ...(await bundle("src/desk/main.tsx", { name: "desk", folder: "static/" })),
  ...(await bundle("src/loader/embed.ts", { name: "embed", folder: "", format: "iife" })),
  ...(await bundle("src/site/configurator.ts", { name: "site", folder: "static/" })),
  ...(await bundle("src/site/site.css", { name: "site", folder: "static/" })),
]);

for (const icon of ["icon.svg", "icon-call.svg"]) {
  files.set(`static/${icon}`, await readFile(path.join(here, "pages", icon)));
}
// The interface for host pages, for whoever writes in TypeScript.
files.set("static/beian.d.ts", await readFile(path.join(here, "src/loader/beian.d.ts")));

for (const page of ["index.html", "chat.html", "frame.html", "desk.html", "error.html"]) {
  const html = await readFile(path.join(here, "pages", page), "utf8");
  files.set(
    page,
    Buffer.from(
      html.replace(/\{\{([^}]+)\}\}/g, (_, name) => {
        const content = files.get(name);
        if (!content) throw new Error(`${page} names ${name}, which the build does not make`);
        return digested(name, content);
      }),
    ),
  );
}

const problems = [];
for (const [name, content] of files) {
  const text = content.toString("utf8");
  for (const found of text.match(FOREIGN) ?? []) problems.push(`${name} mentions the foreign host ${found}`);
  const size = gzipSync(content, { level: 9 }).length;
  if (LIMITS[name] && size > LIMITS[name]) problems.push(`${name} has ${size} bytes gzipped, over ${LIMITS[name]}`);
  console.log(`${name}\t${content.length}\t${size} gzipped`);
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}

// The server serves this folder at /static/, so the prefix is the address's, not the file's.
for (const [name, content] of files) {
  const target = path.join(out, name.replace(/^static\//, ""));
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, content);
  if (content.length < SMALLEST) continue;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await writeFile(`${target}.br`, brotliCompressSync(content, { params }));
}
