// The chapters as a list: press one to go there; staff mark moments of their own.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import { Icon, type IconName } from "../../style/Icon";
import { span } from "../home/when";
import { MarkHere } from "./MarkHere";
import { type Chapter, chapterAt } from "./chapters";
import { chapterName } from "./names";
import type { Player } from "./player";

export function Chapters({ player }: { player: Player }) {
  const now = useComputed(() => chapterAt(player.chapters.value, player.at.value));
  const { marking } = player.source;
  const mine = useSignal("");
  useEffect(() => {
    marking?.mine().then((id) => (mine.value = id), () => undefined);
  }, [marking]);
  return (
    <>
      {marking && !player.live.value && <MarkHere player={player} marking={marking} />}
      <ol class="chapters">
        {player.chapters.value.map((chapter, i) => (
          <li key={i} class={chapter.mark && "row-tight"}>
            <button
              class="button quiet"
              type="button"
              aria-current={i === now.value ? "true" : undefined}
              onClick={() => player.seek(chapter.at)}
            >
              <Icon name={ICONS[chapter.kind]} size={20} />
              <Name chapter={chapter} />
              <span class="digits small">{span(chapter.at - player.startsAt.value)}</span>
            </button>
            {marking && chapter.mark && chapter.mark.who === mine.value && (
              <Remove player={player} n={chapter.mark.n} />
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

const ICONS: Record<Chapter["kind"], IconName> = {
  ...{ before: "bell", began: "bell", ended: "bell" },
  ...{ page: "board", quiz: "list", mark: "flag" },
};

function Name({ chapter }: { chapter: Chapter }) {
  const { mark, question } = chapter;
  if (question) return <Asked question={question} />;
  if (!mark) return <span class="grow">{chapterName(chapter)}</span>;
  const kind = mark.text ? `${t(`mark.${mark.kind}`)} · ` : "";
  return (
    <span class="grow marked">
      {chapterName(chapter)}
      <span class="small quiet-text">
        {kind}
        {mark.name}
        {mark.hidden && ` · ${t("mark.hidden")}`}
      </span>
    </span>
  );
}

function Asked({ question }: { question: string }) {
  return (
    <span class="grow marked">
      {question}
      <span class="small quiet-text">{t("quiz")}</span>
    </span>
  );
}

function Remove({ player, n }: { player: Player; n: number }) {
  async function remove(): Promise<void> {
    await player.source.marking?.unmark(n).catch(() => undefined); // the list shows how it is
    await player.refresh(true);
  }
  return (
    <button
      class="button quiet only-icon"
      type="button"
      aria-label={t("mark.remove")}
      title={t("mark.remove")}
      onClick={() => void remove()}
    >
      <Icon name="trash" size={20} />
    </button>
  );
}
