// One classroom on the wall: its picture, three lights with the reason in words, and the stage.
import { isLive } from "../../channels/tracks";
import { t } from "../../i18n";
import { slotOf } from "../../media/slots";
import { Icon, type IconName } from "../../style/Icon";
import type { Participant } from "../../wire.gen";
import type { Live } from "../live/live";
import { Picture } from "../live/Picture";
import { useNow } from "../live/time";
import { silentSince } from "./fair";
import { Here, PickHere } from "./Pick";
import { type Light, lightsOf } from "./lights";

const LONG = 20; // minutes of silence that fill the bar: half a lesson

export function RoomCard({ live, who }: { live: Live; who: Participant }) {
  const stage = live.store.signals.stage.value;
  const tracks = live.store.signals.tracks.value;
  const you = live.store.you.value;
  const slot = you ? slotOf(stage, you, who.id, "camera") : null;
  const track = slot === null ? null : (live.peer.video.value[slot] ?? null);
  const onStage = stage.on.has(who.id);
  return (
    <li class={onStage ? "room-card on-stage" : "room-card"}>
      <Picture track={track} shown={isLive(tracks, who.id, "camera")} name={who.name}>
        {onStage && <figcaption class="badge">{t("teach.on-stage")}</figcaption>}
      </Picture>
      <div class="room-words">
        <strong class="name" title={who.name}>
          {who.name}
        </strong>
        <Lights live={live} who={who} />
        <Here live={live} room={who.id} />
        {live.store.signals.aside.value.paused.has(who.id) && (
          <span class="badge">{t("pause.is.theirs")}</span>
        )}
        <Spoke live={live} who={who.id} />
        <div class="row-tight">
          <PickHere live={live} room={who.id} />
          {onStage && <Enlarge live={live} who={who.id} />}
          <Invite live={live} who={who.id} onStage={onStage} />
        </div>
      </div>
    </li>
  );
}

function Enlarge({ live, who }: { live: Live; who: string }) {
  const large = live.store.signals.stage.value.large === who;
  return (
    <button
      class="button small-button"
      type="button"
      aria-pressed={large}
      onClick={() => live.connection.ask({ t: "stage.enlarge", who: large ? null : who })}
    >
      {t(large ? "teach.enlarge.stop" : "teach.enlarge")}
    </button>
  );
}

function Invite({ live, who, onStage }: { live: Live; who: string; onStage: boolean }) {
  const { stage } = live.store.signals.conduct.value;
  if (stage === "postclass") return null;
  return (
    <button
      class="button small-button"
      type="button"
      onClick={() => live.connection.ask({ t: onStage ? "stage.leave" : "stage.invite", who })}
    >
      {t(onStage ? "teach.leave" : "teach.invite")}
    </button>
  );
}

function Spoke({ live, who }: { live: Live; who: string }) {
  const { stage } = live.store.signals.conduct.value;
  const since = silentSince(live, who);
  useNow(15_000);
  if (stage !== "inclass") return null;
  if (since === null) return <span class="small grow">{t("teach.spoke.now")}</span>;
  const n = Math.max(0, Math.floor((live.connection.now() / 1000 - since) / 60));
  return (
    <span class="small quiet-text grow">
      {t("pick.silent.for", { n })}
      <meter class="silence" max={LONG} high={LONG * 0.75} value={n} aria-hidden="true" />
    </span>
  );
}

function Lights({ live, who }: { live: Live; who: Participant }) {
  const now = useNow(1000);
  const { sound, picture, board, words, well } = lightsOf(live, who.id, now);
  return (
    <div class="lights small" role="status">
      <span class="row-tight">
        <OneLight name="volume" word={t("live.sound")} light={sound} />
        <OneLight name="eye" word={t("live.picture")} light={picture} />
        <OneLight name="board" word={t("live.board")} light={board} />
      </span>
      <span class={well ? "reason quiet-text" : "reason bad"}>{words}</span>
    </div>
  );
}

/** Never colour alone: a cross over the sign where it is bad, a word for those who cannot see it. */
export function OneLight({ name, word, light }: { name: IconName; word: string; light: Light }) {
  const state = t(light === "good" ? "live.on" : light === "bad" ? "live.off" : "live.none");
  return (
    <span class={`light ${light}`} title={`${word}: ${state}`}>
      <Icon name={name} size={18} />
      {light !== "good" && <Icon name="x" size={12} />}
      <span class="said-only">
        {word} {state}
      </span>
    </span>
  );
}
