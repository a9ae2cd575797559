// Builds the page that a packed lesson begins with: one file with all in it, in ASCII.
import { defineConfig, type Plugin } from "vite";

const SCRIPT = /<script type="module"[^>]*src="([^"]*)"[^>]*><\/script>/;
const STYLE = /<link rel="stylesheet"[^>]*href="([^"]*)"[^>]*>/;
const PLACE = "<!--packed-->";
/** What stands behind this tag is text to the end of the file, whatever it is (HTML §13.2.5.5). */
const END = "<plaintext hidden>";

/** One page out of page, script and style; the file's own bytes come behind it. */
function single(): Plugin {
  return {
    name: "single",
    enforce: "post",
    generateBundle(_, bundle) {
      const page = bundle["packed.html"];
      if (page?.type !== "asset") throw new Error("no page");
      let html = String(page.source);
      const script = take(bundle, SCRIPT.exec(html)?.[1]);
      const style = take(bundle, STYLE.exec(html)?.[1]);
      html = html.replace(SCRIPT, "").replace(STYLE, "").replace(PLACE, "");
      html = html.replace(/<\/(body|html)>/g, "").replace(/\s*\n\s*/g, "");
      html = html.replace("</head>", () => `<style>${styleIn(style)}</style></head>`);
      // async: runs while the browser still reads what comes behind
      page.source = `${html}${PLACE}<script type="module" async>${scriptIn(script)}</script>${END}`;
    },
  };
}

function take(bundle: Record<string, unknown>, path = ""): string {
  const name = path.replace(/^\.?\//, "");
  const found = bundle[name] as { code?: string; source?: string | Uint8Array } | undefined;
  if (!found) throw new Error(`no ${path} in the bundle: ${Object.keys(bundle).join(" ")}`);
  delete bundle[name];
  return String(found.code ?? found.source);
}

/** The page is in windows-1252: whatever is not ASCII is written by its number. */
function scriptIn(code: string): string {
  const hex = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return code.replace(/[^\x00-\x7f]/g, hex).replace(/<\/(?=script)/gi, "<\\/").replace(/<!--/g, "\\x3c!--");
}

function styleIn(code: string): string {
  return code.replace(/[^\x00-\x7f]/gu, (letter) => `\\${letter.codePointAt(0)?.toString(16)} `);
}

/** A formula was set by its writer's page: what sets formulas is ten times the rest. */
function withoutSetter(): Plugin {
  return {
    name: "without-setter",
    enforce: "pre",
    load: (id) => (id.endsWith("/formula/setter.ts") ? "export const set = () => null;" : null),
  };
}

export default defineConfig({
  base: "./",
  plugins: [withoutSetter(), single()],
  build: {
    outDir: "../signaling/static",
    emptyOutDir: false,
    target: ["chrome103", "firefox113", "safari16.4"],
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { input: "packed.html", output: { codeSplitting: false } },
  },
});
