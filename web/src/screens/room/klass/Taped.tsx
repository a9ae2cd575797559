// The recording light of a room: in words, what is recorded of it now.
import "../../../core/late";
import "../../../i18n/klass";
import "./taped.css";
import { type Key, t } from "../../../i18n";
import { adopt } from "../../../channels/index";
import * as light from "../../../channels/light";
import { Icon } from "../../../style/Icon";
import type { Live } from "../../live/live";
import { useLate } from "../../live/useLate";

adopt({ light });

export function Taped({ live }: { live: Live }) {
  return useLate(live) ? <Words live={live} /> : null;
}

function Words({ live }: { live: Live }) {
  const { tracks, stage, conduct } = live.store.signals;
  const me = live.store.you.value;
  if (me?.role !== "classroom" || conduct.value.stage !== "inclass" || !tracks.value.taping) return null;
  const may = light.mayOf(live.store.signals.light.value, me.id);
  const on = stage.value.on.has(me.id) ? (may.picture ? 2 : 0) + (may.voice ? 1 : 0) : 0;
  const words: Key[] = ["taped.none", "taped.voice", "taped.picture", "taped.both"];
  return (
    <p class={on ? "taped on" : "taped"} role="status">
      <Icon name="record" size={16} />
      {t(words[on])}
    </p>
  );
}
