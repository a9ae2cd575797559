// The classroom's tools: a column beside the board while the board is let to it.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Hand } from "../../board/hand";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Live } from "../live/live";
import { FormulaBar } from "../live/tools/FormulaBar";
import { GroupIcon } from "../live/tools/GroupIcon";
import { type Group, GROUPS, groupOf, take } from "../live/tools/groups";
import { Options } from "../live/tools/Options";
import { UndoRedo } from "../live/tools/parts";
import { PictureButton } from "../live/tools/PictureButton";
import { place } from "./ours";

const SIZE = 36; // CSS pixels of an icon: seen from a step away

export function Tools({ live, hand }: { live: Live; hand: Hand }) {
  const open = useSignal(false);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const elsewhere = (event: PointerEvent) => {
      if (!nav.current?.contains(event.target as Node)) open.value = false;
    };
    addEventListener("pointerdown", elsewhere);
    return () => removeEventListener("pointerdown", elsewhere);
  }, []);
  /** The first press takes a tool, the next shows what it offers. */
  function press(group: Group) {
    open.value = groupOf(hand.tool.value) === group && !open.value;
    take(hand, group);
  }
  const typing = hand.draft.latex.value !== null;
  return (
    <nav class="room-tools" ref={nav} aria-label={t("tool.tools")}>
      {offered(live).map((group) => (
        <button
          key={group.name}
          class="tool"
          type="button"
          aria-pressed={groupOf(hand.tool.value) === group}
          aria-expanded={open.value && groupOf(hand.tool.value) === group}
          onClick={() => press(group)}
        >
          <GroupIcon name={group.name} size={SIZE} />
          <span class="more">
            {t(group.word)}
            {groupOf(hand.tool.value) === group && <Icon name="chevron-right" size={18} />}
          </span>
        </button>
      ))}
      {onLayer(live) && live.pasted && <PictureButton pasted={live.pasted} look="tool" size={SIZE} />}
      <UndoRedo hand={hand} size={SIZE} />
      {typing && (
        <div class="room-formula card">
          <FormulaBar draft={hand.draft} />
        </div>
      )}
      {open.value && !typing && (
        <div class="room-offers card" onClick={() => (open.value = false)}>
          <Options live={live} hand={hand} />
        </div>
      )}
    </nav>
  );
}

/** On a layer of its own a classroom has what is drawn; the laser is the teacher's. */
function offered(live: Live): readonly Group[] {
  return GROUPS.filter(({ name }) => (onLayer(live) ? /write|erase|shape|measure/ : /^(?!point)/).test(name));
}

function onLayer(live: Live): boolean {
  return place(live).kind === "layer";
}
