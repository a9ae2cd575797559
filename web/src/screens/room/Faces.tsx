// The column at the right: what the teacher shows, the teacher, the stage, and ourselves.
import { shown as near } from "../../channels/stage";
import { isLive, type TrackName } from "../../channels/tracks";
import { t } from "../../i18n";
import { slotOf } from "../../media/slots";
import type { Live } from "../live/live";
import { Picture } from "../live/Picture";

/** Whether there is any picture at all; if not the board takes its place. */
export function someoneToSee(live: Live): boolean {
  const tracks = live.store.signals.tracks.value;
  const { teachers } = live.store.signals.stage.value;
  const on = beside(live);
  const seen = [...teachers.slice(0, 1), ...on];
  const content = teachers.some((who) => isLive(tracks, who, "content"));
  const pictures = seen.some((who) => isLive(tracks, who, "camera"));
  return content || pictures || on.length > 0;
}

/** Who is heard and seen beside the teacher: the stage, or our group. */
function beside(live: Live): string[] {
  return [...near(live.store.signals.stage.value, live.store.you.value?.id ?? "").keys()];
}

/** Whose picture is larger than the board now; never our own. */
export function enlarged(live: Live): string | null {
  const { large } = live.store.signals.stage.value;
  return large === live.store.you.value?.id ? null : large;
}

export function Faces({ live }: { live: Live }) {
  const { teachers, groups } = live.store.signals.stage.value;
  const you = live.store.you.value;
  const [teacher] = teachers;
  const large = enlarged(live);
  const others = beside(live).filter((who) => who !== you?.id);
  return (
    <aside class="faces">
      {teacher && <Slot live={live} who={teacher} track="content" optional />}
      {teacher && <Slot live={live} who={teacher} track="camera" large first={teacher === large} />}
      {others.map((who) => (
        <Slot key={who} live={live} who={who} track="camera" word={groups.size ? undefined : t("room.on-stage.others")} first={who === large} />
      ))}
      <Us live={live} />
    </aside>
  );
}

interface SlotProps {
  live: Live;
  who: string;
  track: TrackName;
  word?: string;
  optional?: boolean;
  large?: boolean;
  /** Larger than the board, at its place. */
  first?: boolean;
}

function Slot({ live, who, track, word, optional, large, first }: SlotProps) {
  const stage = live.store.signals.stage.value;
  const shown = isLive(live.store.signals.tracks.value, who, track);
  const you = live.store.you.value;
  if (!you || (optional && !shown)) return null;
  const slot = slotOf(stage, you, who, track);
  const name = live.nameOf(who);
  const speaks = isLive(live.store.signals.tracks.value, who, "voice");
  return (
    <Picture
      track={slot === null ? null : (live.peer.video.value[slot] ?? null)}
      shown={shown}
      name={name}
      contain={track === "content"}
      first={first}
    >
      <figcaption class={shown || !large ? "" : "still"}>
        {word && <b>{word} </b>}
        <span class="name">{name}</span>
        {large && !shown && speaks && <span class="small">{t("room.no-picture")}</span>}
        <Voice live={live} who={who} />
      </figcaption>
    </Picture>
  );
}

/** How loud somebody is, as four bars: the one who speaks is found at a glance. */
export function Voice({ live, who }: { live: Live; who: string }) {
  const level = live.levels.value.get(who) ?? 127; // -dBov: 0 is the loudest
  if (!isLive(live.store.signals.tracks.value, who, "voice")) return null;
  const lit = level > 60 ? 0 : level > 45 ? 1 : level > 35 ? 2 : level > 25 ? 3 : 4;
  return (
    <span class="bars" aria-hidden="true">
      {[1, 2, 3, 4].map((bar) => (
        <i key={bar} class={bar <= lit ? "lit" : ""} style={{ height: `${6 + bar * 3}px` }} />
      ))}
    </span>
  );
}

export function Us({ live }: { live: Live }) {
  const track = live.camera.track.value;
  if (!track) return null;
  return (
    <div class="us">
      <Picture track={track} shown={true} name={t("room.us")} mirrored>
        <figcaption>{t("room.us")}</figcaption>
      </Picture>
    </div>
  );
}
