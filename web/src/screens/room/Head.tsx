// The line above the board: which lesson, how the line is in words, and the time of day.
import { isLive } from "../../channels/tracks";
import { t } from "../../i18n";
import { Icon, type IconName } from "../../style/Icon";
import type { LinkReport } from "../../wire.gen";
import { Countdown } from "../live/Countdown";
import type { Live } from "../live/live";
import { someoneToSee, Voice } from "./Faces";
import { timeOfDay, useNow } from "../live/time";

export function Head({ live }: { live: Live }) {
  const { title, subject, teacher } = live.store.signals.conduct.value;
  const [who] = live.store.signals.stage.value.teachers;
  useNow(5000);
  return (
    <header class="room-head">
      <h1>
        <span class="what">{[subject, title].filter(Boolean).join(" · ")}</span>
        <span class="quiet-text"> {who ? live.nameOf(who) : teacher}</span>
        {who && !someoneToSee(live) && <Voice live={live} who={who} />}
      </h1>
      <Countdown live={live} />
      <Lights live={live} />
      <time class="digits">{timeOfDay()}</time>
    </header>
  );
}

const WEAK_LOSS = 8; // percent
const WEAK_RTT = 800; // milliseconds

function Lights({ live }: { live: Live }) {
  const mine = live.lights.mine.value;
  const tracks = live.store.signals.tracks.value;
  const teacher = live.store.signals.stage.value.teachers[0] ?? "";
  const lost = live.connection.lostAt.value !== null;
  const speaks = isLive(tracks, teacher, "voice");
  const shows = isLive(tracks, teacher, "camera") || isLive(tracks, teacher, "content");
  const joining = live.peer.state.value === "joining" || mine === null;
  const quiet = live.quiet.value;
  const deaf = !joining && !quiet && ((speaks && !mine?.hears) || (shows && !mine?.sees));
  const weak = lost || deaf || isWeak(mine);
  return (
    <p class="room-lights" role="status">
      <span>{t(joining && !lost ? "room.joining" : weak ? "room.weak" : "room.good")}</span>
      <Light icon="volume" word={t("live.sound")} wanted={speaks && !joining && !quiet} is={!!mine?.hears} />
      <Light icon="eye" word={t("live.picture")} wanted={shows && !joining && !quiet} is={!!mine?.sees} />
      <Light icon="board" word={t("live.board")} wanted={true} is={!lost} />
    </p>
  );
}

function isWeak(link: LinkReport | null): boolean {
  return link !== null && (link.loss >= WEAK_LOSS || link.rtt > WEAK_RTT);
}

interface Props {
  icon: IconName;
  word: string;
  wanted: boolean;
  is: boolean;
}

function Light({ icon, word, wanted, is }: Props) {
  const state = !wanted ? "none" : is ? "good" : "bad";
  const said = t(!wanted ? "live.none" : is ? "live.on" : "live.off");
  return (
    <span class={`light ${state}`}>
      <Icon name={icon} size={22} />
      {word} {said}
    </span>
  );
}
