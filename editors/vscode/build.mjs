// Gathers what is packaged in dist/: the client with its library in one file, and the one grammar for colours.
import { copyFileSync, mkdirSync } from "node:fs";
import { build } from "esbuild";

mkdirSync("dist", { recursive: true });
copyFileSync("../../grammar/policy.tmLanguage.json", "dist/policy.tmLanguage.json");
copyFileSync("../../LICENSE", "LICENSE.txt");
await build({
  entryPoints: ["extension.js"],
  outfile: "dist/extension.js",
  bundle: true,
  external: ["vscode"],
  format: "cjs",
  platform: "node",
  target: "node20",
  minify: true,
});
