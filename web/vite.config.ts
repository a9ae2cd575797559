// Builds the browser's half into signaling/static, which the live server hands out.
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    outDir: "../signaling/static",
    emptyOutDir: true,
    target: ["chrome90", "firefox90", "safari15"], // old village PCs keep old browsers
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: {
    proxy: {
      "/api": "http://127.0.0.1:8080",
      "/ws": { target: "ws://127.0.0.1:8080", ws: true },
    },
  },
});
