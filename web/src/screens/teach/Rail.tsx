// The tools at the left edge: what the hand holds, and undo and redo.
import type { Hand } from "../../board/hand";
import { t } from "../../i18n";
import { GroupIcon } from "../live/tools/GroupIcon";
import { GROUPS, groupOf, take } from "../live/tools/groups";
import { UndoRedo } from "../live/tools/parts";

export function Rail({ hand }: { hand: Hand | null }) {
  if (!hand) return <nav class="rail" />;
  return (
    <nav class="rail" aria-label={t("tool.tools")}>
      {GROUPS.map((group) => (
        <button
          key={group.name}
          class="tool"
          type="button"
          aria-pressed={groupOf(hand.tool.value) === group}
          onClick={() => take(hand, group)}
        >
          <GroupIcon name={group.name} />
          {t(group.word)}
        </button>
      ))}
      <hr />
      <UndoRedo hand={hand} />
    </nav>
  );
}
