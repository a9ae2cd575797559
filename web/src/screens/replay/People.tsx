// Who was there up to the moment that is shown, for how long, and how often they had a say.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import type { Attended } from "../../wire.gen";
import { Erase } from "../home/Erase";
import { me } from "../home/api";
import { span } from "../home/when";
import type { Player } from "./player";

export function People({ player }: { player: Player }) {
  const admin = useSignal(false);
  useEffect(() => {
    if (player.source.house === null) return;
    void me().then((who) => (admin.value = who?.role === "admin"), () => undefined);
  }, [player]);
  const at = useComputed(() => Math.floor(player.at.value / 10) * 10);
  const rooms = [...player.scene.moment.value.states.attendance.people];
  const gone = new Set(player.erased.value.map(({ who }) => who));
  const voiced = new Set(player.live.value ? [] : player.tracks.value.map(({ who }) => who));
  for (const who of gone) voiced.delete(who);
  if (!rooms.length) return <p class="none quiet-text">{t("replay.people.none")}</p>;
  return (
    <table class="table people">
      <thead>
        <tr>
          <th>{t("replay.person")}</th>
          <th class="number">{t("replay.minutes")}</th>
          <th class="number">{t("replay.hands")}</th>
          <th class="number">{t("replay.on-stage")}</th>
        </tr>
      </thead>
      <tbody>
        {rooms.map(([id, room]) => (
          <tr key={id}>
            <td>
              {room.name}
              <div class="small quiet-text">{t(`role.${room.role}`)}</div>
              {admin.value && voiced.has(id) && room.role === "classroom" && (
                <Erase
                  lesson={player.source.house ?? ""}
                  who={id}
                  name={room.name}
                  done={() => void player.refresh(true)}
                />
              )}
              {gone.has(id) && <div class="small quiet-text">{t("replay.erased")}</div>}
              {player.source.house !== null && room.role === "classroom" && (
                <a class="small" href={`/replay/${player.source.house}?as=${id}`}>
                  {t("replay.as.see")}
                </a>
              )}
            </td>
            <td class="number">{t("home.minutes", { n: minutes(here(room, at.value)) })}</td>
            <td class="number">{room.hands || "–"}</td>
            <td class="number">{spoken(room, at.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const here = ({ seconds, since }: Attended, at: number) =>
  seconds + (since === null ? 0 : Math.max(0, at - since));

function spoken({ on_stage, on_stage_since: since }: Attended, at: number): string {
  const total = on_stage + (since === null ? 0 : Math.max(0, at - since));
  if (total === 0 && since === null) return "–";
  return span(total);
}

const minutes = (seconds: number) => Math.round(seconds / 60);
