// What a chapter is called.
import { t } from "../../i18n";
import type { Chapter } from "./chapters";

export function chapterName({ kind, page }: Chapter): string {
  return kind === "page" ? t("replay.page", { n: page }) : t(`replay.${kind}`);
}
