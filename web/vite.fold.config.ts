// Bundles the folds and the conversation for Node, so that tests can hold them against Python's.
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    ssr: "src/fold.ts",
    outDir: "build",
    target: "node20",
    minify: false,
  },
  ssr: { noExternal: true },
});
