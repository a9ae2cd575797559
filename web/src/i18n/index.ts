// Every word a person reads: t("key") in the language of this device, Chinese first.
import { effect, signal } from "@preact/signals";
import { first, KEPT, type Lang } from "./first";
import { zh } from "./zh";
import type { after } from "./zh.after";
import type { alliance } from "./zh.alliance";
import type { audit } from "./zh.audit";
import type { before } from "./zh.before";
import type { behind } from "./zh.behind";
import type { classroom } from "./zh.classroom";
import type { contest } from "./zh.contest";
import type { door } from "./zh.door";
import type { figures } from "./zh.figures";
import type { klass } from "./zh.klass";
import type { plan } from "./zh.plan";
import type { staff } from "./zh.staff";
import type { studio } from "./zh.studio";
import type { tools } from "./zh.tools";

export type Key = keyof typeof zh | keyof typeof staff | keyof typeof after | keyof typeof alliance | keyof typeof audit | keyof typeof before | keyof typeof plan | keyof typeof behind | keyof typeof classroom | keyof typeof contest | keyof typeof door | keyof typeof figures | keyof typeof klass | keyof typeof studio | keyof typeof tools;
type Params = Record<string, string | number>;

/** Those that are here: another language is fetched by whoever reads it. */
const texts: Record<Lang, Partial<Record<Key, string>> | null> = { zh, en: null };

/** The language of the words on the screen now. */
export const lang = signal<Lang>(await fetched(first()));

effect(() => {
  document.documentElement.lang = lang.value === "zh" ? "zh-CN" : "en";
});

/** The words of a key, with each {name} replaced by its parameter. */
export function t(key: Key, params: Params = {}): string {
  return wordsOf(key).replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}

function wordsOf(key: Key): string {
  return texts[lang.value]?.[key] ?? texts.zh?.[key] ?? key;
}

/** Words in Chinese that only some screens have brought. */
export function learn(more: Partial<Record<Key, string>>): void {
  texts.zh = { ...texts.zh, ...more };
}

/** The words of `prefix + code` where there are such, else of the fallback: for codes of errors. */
export function tOr(key: string, fallback: Key, params: Params = {}): string {
  return t(key in (texts.zh ?? {}) ? (key as Key) : fallback, params);
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

// A browser may forbid storage: then the choice lasts as long as the page.
function keep(next: Lang): void {
  try {
    localStorage.setItem(KEPT, next);
  } catch {
    return;
  }
}
