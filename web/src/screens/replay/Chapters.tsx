// The chapters as a list: press one to go there.
import { useComputed } from "@preact/signals";
import { Icon } from "../../style/Icon";
import { span } from "../home/when";
import { chapterAt } from "./chapters";
import { chapterName } from "./names";
import type { Player } from "./player";

export function Chapters({ player }: { player: Player }) {
  const now = useComputed(() => chapterAt(player.chapters.value, player.at.value));
  return (
    <ol class="chapters">
      {player.chapters.value.map((chapter, i) => (
        <li key={i}>
          <button
            class="button quiet"
            type="button"
            aria-current={i === now.value ? "true" : undefined}
            onClick={() => player.seek(chapter.at)}
          >
            <Icon name={chapter.kind === "page" ? "board" : "bell"} size={20} />
            <span class="grow">{chapterName(chapter)}</span>
            <span class="digits small">{span(chapter.at - player.startsAt.value)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
