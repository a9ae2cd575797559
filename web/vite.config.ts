// Builds the browser's half into signaling/static, which the live server hands out.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { thinned } from "./thinned";
import { groups } from "./together";

const OUT = "../signaling/static";
const WORTH_IT = 1024; // bytes: smaller files fit into one packet anyway

/** Puts name.js.gz beside name.js: the server hands out that one where the browser takes it. */
function zipped(): Plugin {
  return {
    name: "zipped",
    apply: "build",
    closeBundle() {
      for (const name of readdirSync(OUT, { recursive: true, encoding: "utf8" })) {
        if (/\.(js|css|html|svg)$/.test(name)) zip(join(OUT, name));
      }
    },
  };
}

function zip(path: string): void {
  const bytes = readFileSync(path);
  if (bytes.length > WORTH_IT) writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}

export default defineConfig({
  plugins: [thinned(), zipped()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: ["chrome103", "firefox113", "safari16.4"], // the first with raw deflate streams
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups: groups() } },
    },
  },
  server: {
    proxy: {
      "/api": "http://127.0.0.1:8080",
      "/ws": { target: "ws://127.0.0.1:8080", ws: true },
    },
  },
});
