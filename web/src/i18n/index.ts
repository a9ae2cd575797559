// Every word a person reads: t("key") in the language of this device, Chinese first.
import { effect, signal } from "@preact/signals";
import { en } from "./en";
import { zh } from "./zh";

export type Key = keyof typeof zh;
export type Lang = "zh" | "en";
type Params = Record<string, string | number>;

const KEPT = "synclass.lang";
const TEXTS: Record<Lang, Record<Key, string>> = { zh, en };

/** The language of the words now; setting it changes every word on the screen and is kept. */
export const lang = signal<Lang>(first());

effect(() => {
  document.documentElement.lang = lang.value === "zh" ? "zh-CN" : "en";
});

/** The words of a key, with each {name} replaced by its parameter. */
export function t(key: Key, params: Params = {}): string {
  return TEXTS[lang.value][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}

/** The words of `prefix + code` where there are such, else of the fallback: for codes of errors. */
export function tOr(key: string, fallback: Key, params: Params = {}): string {
  return t(key in zh ? (key as Key) : fallback, params);
}

export function setLang(next: Lang): void {
  lang.value = next;
  keep(next);
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
