// What a page of the running lessons shows: asked again every few seconds while it is looked at.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { go } from "../../router";
import { codeOf, get } from "../home/api";

const EVERY_MS = 3000;

/** What was seen last stays while asking fails; `offline` are the words where the line is broken. */
export function useWatched<T>(path: string, offline: string): { seen: T | null; problem: string } {
  const [seen, setSeen] = useState<T | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let current = true;
    async function refresh() {
      if (document.hidden) return;
      try {
        const now = await get<T>(path);
        if (current) setSeen(now);
        if (current) setProblem("");
      } catch (error) {
        const code = codeOf(error);
        if (code === "login") return go("/login");
        if (current) setProblem(code === "offline" ? offline : t("patrol.not-yours"));
      }
    }
    void refresh();
    const often = setInterval(refresh, EVERY_MS);
    return () => {
      current = false;
      clearInterval(often);
    };
  }, []);
  return { seen, problem };
}
