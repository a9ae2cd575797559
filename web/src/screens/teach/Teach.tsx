// The teacher's console: the board, the classrooms beside it, and one bar above and below.
import "../../core/late";
import "../../i18n/staff";
import "../../i18n/before";
import "../../i18n/klass";
import "../../i18n/tools";
import { computed, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Hand } from "../../board/hand";
import { type Boxing, Sheet } from "../../board/Sheet";
import type { Box } from "../../channels/board";
import { t } from "../../i18n";
import { AsPdf } from "../live/AsPdf";
import { Entrance } from "../live/Entrance";
import { Line } from "../live/Line";
import { WarmupResult } from "../live/WarmupResult";
import type { Live } from "../live/live";
import { Refusals } from "../live/Refusals";
import { Sound } from "../live/Sound";
import { Troubles } from "../live/Toggle";
import { Pasted } from "../live/tools/pasted";
import { Options } from "../live/tools/Options";
import { Bar } from "./Bar";
import { Door } from "./Door";
import { Pages } from "./Pages";
import { Rail } from "./Rail";
import { ReadyPanel } from "./before/ReadyPanel";
import { Side } from "./Side";
import "../live/tools/tools.css";
import "./teach.css";

export default function Teach({ id = "" }: { id?: string }) {
  return <Entrance lesson={id} way="teach" Screen={Console} />;
}

function Console({ live }: { live: Live }) {
  const hand = useSignal<Hand | null>(null);
  const door = useSignal(live.store.states.conduct.stage === "preclass");
  const wall = useSignal(false);
  const { stage } = live.store.signals.conduct.value;
  const boxing = useMemo(() => boxingOf(live), [live]);
  const held = stage === "postclass" ? null : hand.value;
  return (
    <div class="teach">
      <Bar live={live} door={door} />
      <Rail hand={held} />
      <div class="offers">{held && <Options live={live} hand={held} />}</div>
      <main class={stage === "postclass" ? "desk" : "desk writes"} aria-label={t("live.board")}>
        <Sheet
          store={live.store}
          connection={live.connection}
          hold={(painter) => new Hand(painter, live.connection)}
          leads
          boxing={boxing}
          onReady={(painter, its) => {
            live.painter = painter;
            live.pasted?.close();
            live.pasted = its && new Pasted(live, its, painter.sheet);
            hand.value = its;
          }}
          onLook={(lens, sights) => {
            live.lens.value = lens;
            live.sights.value = sights;
          }}
        />
        <Line live={live} />
        <Troubles
          devices={[
            [live.mic, "live.mic"],
            [live.camera, "live.camera"],
            [live.screen, "teach.share.what"],
            [live.document, "teach.document.what"],
          ]}
        />
        {stage === "preclass" && <ReadyPanel live={live} open={wall} />}
        <WarmupResult live={live} />
        {door.value && stage !== "postclass" && <Door live={live} open={door} />}
        {stage === "postclass" && <Over live={live} />}
      </main>
      <Side live={live} wall={wall} />
      <Pages live={live} />
      <Sound live={live} />
      <Refusals live={live} />
    </div>
  );
}

/** A box is drawn for the classroom that was chosen, and then the hand writes again. */
function boxingOf(live: Live): Boxing {
  const name = computed(() => (live.boxing.value === null ? null : live.nameOf(live.boxing.value)));
  const drawn = (box: Box | null) => {
    const who = live.boxing.value;
    const page = live.store.states.pages.current;
    if (box && who) live.connection.ask({ t: "box.give", who, page, box });
    live.boxing.value = null;
  };
  return { name, drawn };
}

function Over({ live }: { live: Live }) {
  return (
    <section class="over-panel card">
      <h2>{t("live.ended")}</h2>
      <p>{t("live.ended.teacher")}</p>
      <div class="row wrap">
        <a class="button main" href={`/replay/${live.lesson}`}>
          {t("live.replay")}
        </a>
        <AsPdf lesson={live.lesson} />
        <a class="button" href="/home">
          {t("live.to-home")}
        </a>
      </div>
    </section>
  );
}
