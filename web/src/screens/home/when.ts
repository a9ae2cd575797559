// Days and hours as people say them, in the language of the screen.
import { lang } from "../../i18n";

const TAGS = { zh: "zh-CN", en: "en-GB" };

/** "14:05" today, "11月22日 14:05" this year, with the year before that.  `at` in Unix seconds. */
export function when(at: number, now = new Date()): string {
  const day = new Date(at * 1000);
  const options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hour12: false };
  if (day.toDateString() !== now.toDateString()) {
    Object.assign(options, { month: "short", day: "numeric" });
    if (day.getFullYear() !== now.getFullYear()) options.year = "numeric";
  }
  return new Intl.DateTimeFormat(TAGS[lang.value], options).format(day);
}

/** 75.4 s is "1:15", an hour more "1:01:15". */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** "2026年11月22日": a day to plan by, always with its year.  `at` in Unix seconds. */
export function day(at: number): string {
  const options: Intl.DateTimeFormatOptions = { year: "numeric", month: "long", day: "numeric" };
  return new Intl.DateTimeFormat(TAGS[lang.value], options).format(new Date(at * 1000));
}
