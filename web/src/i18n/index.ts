// Every word a person reads: t("key") in the language of this device, Chinese first.
import { effect, signal } from "@preact/signals";
import { zh } from "./zh";

export type Key = keyof typeof zh;
export type Lang = "zh" | "en";
type Params = Record<string, string | number>;

const KEPT = "synclass.lang";
/** Those that are here: another language is fetched by whoever reads it. */
const texts: Partial<Record<Lang, Record<Key, string>>> = { zh };

/** The language of the words on the screen now. */
export const lang = signal<Lang>(await fetched(first()));

effect(() => {
  document.documentElement.lang = lang.value === "zh" ? "zh-CN" : "en";
});

/** The words of a key, with each {name} replaced by its parameter. */
export function t(key: Key, params: Params = {}): string {
  return (texts[lang.value] ?? zh)[key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}

/** The words of `prefix + code` where there are such, else of the fallback: for codes of errors. */
export function tOr(key: string, fallback: Key, params: Params = {}): string {
  return t(key in zh ? (key as Key) : fallback, params);
}

/** Change every word on the screen, for as long as this device remembers. */
export async function setLang(next: Lang): Promise<void> {
  lang.value = await fetched(next);
  keep(lang.value);
}

/** This language where its words can be had, else Chinese. */
async function fetched(wanted: Lang): Promise<Lang> {
  if (texts[wanted]) return wanted;
  try {
    texts.en = (await import("./en")).en;
    return "en";
  } catch {
    return "zh";
  }
}

function first(): Lang {
  const asked = new URLSearchParams(location.search).get("lang");
  for (const one of [asked, kept(), ...navigator.languages]) {
    const two = one?.slice(0, 2).toLowerCase();
    if (two === "zh" || two === "en") return two;
  }
  return "zh";
}

// A browser may forbid storage: then the choice lasts as long as the page.
function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(next: Lang): void {
  try {
    localStorage.setItem(KEPT, next);
  } catch {
    return;
  }
}
