// Builds the page that a packed lesson begins with: a small beginning in ASCII, and the viewer deflated.
import { deflateRawSync } from "node:zlib";
import { build, defineConfig, type Plugin, type Rolldown } from "vite";
import { replay as en } from "./src/i18n/en.replay.ts";
import { replay as zh } from "./src/i18n/zh.replay.ts";

const SCRIPT = /<script type="module"[^>]*src="([^"]*)"[^>]*><\/script>/;
const STYLE = /<link rel="stylesheet"[^>]*href="([^"]*)"[^>]*>/;
const PLACE = "<!--packed-->";
const WORDS = /%(packed\.\w+)%/g;
/** What stands behind this tag is text to the end of the file, whatever it is (HTML §13.2.5.5). */
const END = "<plaintext hidden>";
/** Of the viewer; an older browser is told so by the page. */
const TARGET = ["chrome103", "firefox113", "safari16.4"];

/** Page and loader, then the viewer as raw deflate; the lesson's ZIP comes behind it. */
function single(): Plugin {
  return {
    name: "single",
    enforce: "post",
    async generateBundle(_, bundle) {
      const page = bundle["packed.html"];
      if (page?.type !== "asset") throw new Error("no page");
      let html = String(page.source);
      const script = take(bundle, SCRIPT.exec(html)?.[1]);
      const style = take(bundle, STYLE.exec(html)?.[1]);
      const viewer = deflateRawSync(`${styling(style)}${script}`, { level: 9 });
      html = html.replace(SCRIPT, "").replace(STYLE, "").replace(PLACE, "");
      html = html.replace(WORDS, (_, key: keyof typeof zh) => inBoth(key));
      html = html.replace(/<\/(body|html)>/g, "").replace(/\s*\n\s*/g, " ");
      // async: runs while the browser still reads what comes behind
      const loader = `<script type="module" async>${scriptIn(await loading())}</script>`;
      page.source = Buffer.concat([Buffer.from(`${html}${PLACE}${loader}${END}`, "ascii"), viewer]);
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

/** Puts the style into the page before the viewer runs. */
function styling(style: string): string {
  return `document.head.append(Object.assign(document.createElement("style"),{textContent:${JSON.stringify(style)}}));`;
}

async function loading(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      target: TARGET,
      modulePreload: false,
      rolldownOptions: { input: "src/packed/loader.ts" },
    },
  });
  return ([made].flat()[0] as Rolldown.RolldownOutput).output[0].code;
}

/** The page is in windows-1252: whatever is not ASCII is written by its number. */
function scriptIn(code: string): string {
  const hex = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return code.replace(/[^\x00-\x7f]/g, hex).replace(/<\/(?=script)/gi, "<\\/").replace(/<!--/g, "\\x3c!--");
}

/** Nobody knows yet which language is read. */
function inBoth(key: keyof typeof zh): string {
  const letters = `${zh[key]}<br><span lang="en">${en[key]}</span>`;
  return letters.replace(/[^\x00-\x7f]/gu, (letter) => `&#${letter.codePointAt(0)};`);
}

/** A formula was set by its writer's page: what sets formulas is ten times the rest. */
function withoutSetter(): Plugin {
  return {
    name: "without-setter",
    enforce: "pre",
    load: (id) => (id.endsWith("/formula/setter.ts") ? "export const set = () => null;" : null),
  };
}

/** The words of pages that a file does not have. */
const UNREAD = /\/i18n\/(?:zh|en)\.(account|after|alliance|audit|before|behind|classroom|district|figures|groupings|invited|keeping|outside|patrol|plan|pupil|quotas|login|door|timetable|courses|studio|contest)\.ts$/;

/** Of the late channels a file shows the questions; what rooms did before the bell it only carries. */
const LATE = `
import { adopt } from "../channels/index";
import * as questions from "../channels/questions";
import { LATER } from "../later.gen";
import { learn } from "./shapes";
learn(LATER);
adopt({ questions });
`;

/** Nobody evaluates, plans or patrols where there is no server to say it to. */
function withoutSchool(): Plugin {
  return {
    name: "without-school",
    enforce: "pre",
    load(id) {
      if (id.endsWith("/after/Evaluate.tsx")) return "export const Evaluate = () => null;";
      if (id.endsWith("/core/late.ts")) return LATE;
      const words = UNREAD.exec(id)?.[1];
      return words ? `export const ${words} = {};` : null;
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [withoutSetter(), withoutSchool(), single()],
  build: {
    outDir: "../signaling/static",
    emptyOutDir: false,
    target: TARGET,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { input: "packed.html", output: { codeSplitting: false } },
  },
});
