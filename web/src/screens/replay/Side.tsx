// Right of the board: the teacher, and below what was looked for, or chapters, chat and attendance.
import { useState } from "preact/hooks";
import { type Key, t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { Chapters } from "./Chapters";
import { Chat } from "./Chat";
import { Evaluation } from "./Evaluation";
import { People } from "./People";
import { Picture } from "./Picture";
import { Questions } from "./Questions";
import { Hits, SearchField } from "./Search";
import type { Player } from "./player";
import type { Searching } from "./searching";
import type { Track } from "./track";

const TABS = { chapters: Chapters, chat: Chat, questions: Questions, people: People, evaluation: Evaluation };
type Tab = keyof typeof TABS;

export function Side({ player, search }: { player: Player; search: Searching }) {
  return (
    <aside class="side">
      <Teacher player={player} />
      <SearchField search={search} />
      {search.words.value.trim() ? (
        <Hits search={search} startsAt={player.startsAt.value} />
      ) : (
        <Tabs player={player} />
      )}
    </aside>
  );
}

function Tabs({ player }: { player: Player }) {
  const [tab, setTab] = useState<Tab>("chapters");
  const View = TABS[tab];
  const whole = player.source.house !== null && player.source.as === undefined;
  const tabs = (Object.keys(TABS) as Tab[]).filter((name) => whole || name !== "evaluation");
  return (
    <>
      <div class="tabs" role="tablist">
        {tabs.map((name) => (
          <button
            key={name}
            class="button quiet"
            type="button"
            role="tab"
            aria-selected={name === tab}
            onClick={() => setTab(name)}
          >
            {t(`replay.${name}` satisfies Key)}
          </button>
        ))}
      </div>
      <div class="panel" role="tabpanel">
        <View player={player} />
      </div>
    </>
  );
}

function Teacher({ player }: { player: Player }) {
  const camera = player.ofTeacher("camera");
  return (
    <figure class={camera ? "teacher" : "teacher unseen"}>
      {!camera?.there.value && (
        <div class="no-picture">
          <Icon name="camera-off" size={40} />
          <span class="small">{t(whyNot(player, camera))}</span>
        </div>
      )}
      {camera && <Picture track={camera} />}
    </figure>
  );
}

function whyNot(player: Player, camera: Track | undefined): Key {
  if (player.cannotPlay("camera", player.at.value)) return "replay.unplayable";
  if (!player.tracks.value.length) return "replay.no-media";
  return camera?.late.value ? "replay.late" : "replay.silent";
}
