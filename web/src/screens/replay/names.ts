// What a chapter is called.
import { t } from "../../i18n";
import type { Chapter } from "./chapters";

export function chapterName({ kind, page, mark }: Chapter): string {
  if (mark) return mark.text || t(`mark.${mark.kind}`);
  return kind === "page" ? t("replay.page", { n: page }) : t(`replay.${kind as "began"}`);
}
