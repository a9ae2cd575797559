// A work with what came back on it, to be read: the ink on top, the mark and the remark beside it.
import { useMemo } from "preact/hooks";
import { t } from "../../i18n";
import { Sheet } from "./Sheet";
import { inkOf, type Work } from "./after";

export function Reading({ work, picture }: { work: Work; picture: string }) {
  const ink = useMemo(() => [...work.ink, ...work.marks].map(inkOf), [work]);
  const { width, height, text } = work;
  const sheet = { width, height, text, ink, picture: work.kind === "photo" ? picture : "" };
  return (
    <div class="reading">
      <Sheet
        sheet={sheet}
        label={t("after.sheet", { name: work.pupil })}
        pen={null}
        wrote={() => undefined}
      />
      <aside>
        {work.returned_at ? (
          <>
            {work.mark && <p class="given">{t("after.back.mark", { mark: work.mark })}</p>}
            {work.remark && <p class="remark">{work.remark}</p>}
          </>
        ) : (
          <p class="quiet-text">{t("after.back.none")}</p>
        )}
      </aside>
    </div>
  );
}
