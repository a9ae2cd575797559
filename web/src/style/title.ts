// The title of the browser's window: what is open, then the name of the house.
import { useEffect } from "preact/hooks";
import { t } from "../i18n";

/** Empty words are left out. */
export function useTitle(words = ""): void {
  const title = [words, t("app.name")].filter(Boolean).join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
}
