// The one bar of the replay: where we are, the chapters, what was found, the time under the pointer.
import { useComputed, useSignal } from "@preact/signals";
import { t } from "../../i18n";
import { span } from "../home/when";
import { Preview } from "./Preview";
import { chapterAt } from "./chapters";
import { inGap } from "./gaps";
import { chapterName } from "./names";
import type { Player } from "./player";
import type { Searching } from "./searching";

const TICKS = { before: "bell", began: "bell", ended: "bell", page: "", quiz: "", mark: "mark" };

export function SeekBar({ player, search }: { player: Player; search: Searching }) {
  const over = useSignal<number | null>(null);
  const [from, to] = [player.startsAt.value, player.endsAt.value];
  const share = (at: number) => `${(100 * (at - from)) / Math.max(to - from, 0.001)}%`;

  function point(event: PointerEvent) {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const part = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    over.value = from + part * (to - from);
  }

  return (
    <div class="seek" onPointerMove={point} onPointerLeave={() => (over.value = null)}>
      <Slider player={player} />
      {player.gaps.value.map((gap, i) => (
        <span
          key={i}
          class="gap"
          title={t("replay.gap")}
          style={{ left: share(gap.from), right: `calc(100% - ${share(gap.to)})` }}
        />
      ))}
      {player.chapters.value.map((chapter, i) =>
        chapter.kind === "before" ? null : (
          <span
            key={i}
            class={`tick ${TICKS[chapter.kind]}`}
            style={{ left: share(chapter.at) }}
          />
        ),
      )}
      {search.hits.value.map((hit, i) => (
        <span key={i} class="spot-found" style={{ left: share(hit.at) }} />
      ))}
      {over.value !== null && (
        <output class="hint" style={{ "--at": share(over.value) }}>
          <Preview player={player} at={over.value} />
          {span(over.value - from)} ·{" "}
          {inGap(player.gaps.value, over.value) ? t("replay.gap") : nameAt(player, over.value)}
        </output>
      )}
    </div>
  );
}

function Slider({ player }: { player: Player }) {
  const [from, to] = [player.startsAt.value, player.endsAt.value];
  const whole = useComputed(() => Math.floor(player.at.value * 4) / 4);
  const done = (100 * (whole.value - from)) / Math.max(to - from, 0.001);
  return (
    <span class="slider" style={{ "--done": `${done}%` }}>
      <input
        type="range"
        data-keys="player"
        aria-label={t("replay.seek")}
        aria-valuetext={`${span(whole.value - from)} / ${span(to - from)}`}
        min={from}
        max={to}
        step="any"
        value={whole.value}
        onInput={(event) => player.seek(Number(event.currentTarget.value))}
      />
    </span>
  );
}

function nameAt(player: Player, at: number): string {
  const chapters = player.chapters.value;
  const chapter = chapters[Math.max(chapterAt(chapters, at), 0)];
  return chapter ? chapterName(chapter) : "";
}
