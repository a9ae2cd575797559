// What a chapter is called.
import { t } from "../../i18n";
import type { Chapter } from "./chapters";

export function chapterName({ kind, page, mark, question }: Chapter): string {
  if (mark) return mark.text || t(`mark.${mark.kind}`);
  if (kind === "quiz") return question || t("quiz");
  return kind === "page" ? t("replay.page", { n: page }) : t(`replay.${kind as "began"}`);
}
