// What the held tool offers, in one row: kinds, colours, widths.
import { useSignal } from "@preact/signals";
import type { Kind } from "../../../board/choices";
import type { Hand } from "../../../board/hand";
import { type Key, t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Live } from "../live";
import { type GroupName, groupOf, hold } from "./groups";
import { Colours, Option, Sizes, Widths } from "./parts";
import { ToolIcon, type ToolIconName } from "./ToolIcon";

interface Props {
  live: Live;
  hand: Hand;
}

const KINDS: readonly (Kind & ToolIconName)[] = [
  ...(["line", "arrow", "rect", "ellipse", "triangle", "right", "polygon"] as const),
  ...(["axes", "quadrant"] as const),
];
const OFFERS: Record<GroupName, (props: Props) => preact.JSX.Element> = {
  select: Select,
  write: Write,
  erase: Erase,
  shape: Shapes,
  words: Words,
  point: Point,
};

export function Options({ live, hand }: Props) {
  const group = groupOf(hand.tool.value);
  const Offer = OFFERS[group.name];
  return (
    <div
      class="options"
      role="toolbar"
      aria-label={t("tool.offers", { tool: t(group.word) })}
      onMouseDown={keepFocus}
    >
      <Offer live={live} hand={hand} />
    </div>
  );
}

/** Choosing a colour with the mouse takes no words out of one's hands; Tab goes there all the same. */
function keepFocus(event: MouseEvent) {
  if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
}

function Select({ hand }: Props) {
  const { selection } = hand;
  const none = selection.marks.value.length === 0;
  return (
    <>
      <Option word="select.all" onClick={() => selection.all()}>
        <ToolIcon name="all" size={20} />
      </Option>
      <Option word="select.copy" disabled={none} onClick={() => selection.copy()}>
        <ToolIcon name="copy" size={20} />
      </Option>
      <Option word="select.paste" disabled={!selection.copied.value} onClick={() => selection.paste()}>
        <ToolIcon name="paste" size={20} />
      </Option>
      <Option word="select.double" disabled={none} onClick={() => selection.double()}>
        <ToolIcon name="double" size={20} />
      </Option>
      <Option word="select.remove" disabled={none} onClick={() => selection.remove()}>
        <Icon name="trash" size={20} />
      </Option>
      {none ? (
        <p class="hint">{t("select.how")}</p>
      ) : (
        <Colours hand={hand} onChoose={(colour) => selection.tint(colour)} />
      )}
    </>
  );
}

function Write({ hand }: Props) {
  return (
    <>
      <Option word="write.pen" pressed={hand.tool.value === "pen"} onClick={() => hold(hand, "pen")}>
        <Icon name="pen" size={20} />
      </Option>
      <Option
        word="write.chalk"
        pressed={hand.tool.value === "chalk"}
        onClick={() => hold(hand, "chalk")}
      >
        <ToolIcon name="chalk" size={20} />
      </Option>
      <Option
        word="write.highlighter"
        pressed={hand.tool.value === "highlighter"}
        onClick={() => hold(hand, "highlighter")}
      >
        <Icon name="highlighter" size={20} />
      </Option>
      <Colours hand={hand} />
      <Widths hand={hand} />
    </>
  );
}

function Shapes({ hand }: Props) {
  const { kind, filled } = hand.choices;
  return (
    <>
      {KINDS.map((one) => (
        <Option
          key={one}
          word={`shape.${one}` as Key}
          terse={true}
          pressed={kind.value === one}
          onClick={() => (kind.value = one)}
        >
          <ToolIcon name={one} size={20} />
        </Option>
      ))}
      <Option
        word="shape.filled"
        terse={true}
        pressed={filled.value}
        onClick={() => (filled.value = !filled.value)}
      >
        <ToolIcon name="filled" size={20} />
      </Option>
      <Colours hand={hand} />
      <Widths hand={hand} />
    </>
  );
}

function Words({ hand }: Props) {
  return (
    <>
      <Option word="words.text" pressed={hand.tool.value === "text"} onClick={() => hold(hand, "text")}>
        <ToolIcon name="words" size={20} />
      </Option>
      <Option word="words.note" pressed={hand.tool.value === "note"} onClick={() => hold(hand, "note")}>
        <ToolIcon name="note" size={20} />
      </Option>
      <Colours hand={hand} />
      <Sizes hand={hand} />
      <p class="hint wide-only">{t("words.how")}</p>
    </>
  );
}

function Erase({ live, hand }: Props) {
  const whole = hand.tool.value === "wiper";
  return (
    <>
      <Option word="erase.part" pressed={!whole} onClick={() => hold(hand, "eraser")}>
        <Icon name="eraser" size={20} />
      </Option>
      <Option word="erase.whole" pressed={whole} onClick={() => hold(hand, "wiper")}>
        <ToolIcon name="wiper" size={20} />
      </Option>
      <p class="hint">{t(whole ? "erase.whole.how" : "tool.eraser.how")}</p>
      {live.way === "teach" && <Clear live={live} />}
    </>
  );
}

function Point() {
  return <p class="hint">{t("tool.laser.how")}</p>;
}

function Clear({ live }: { live: Live }) {
  const asking = useSignal(false);
  const { current } = live.store.signals.pages.value;
  return (
    <Option
      word={asking.value ? "tool.clear.sure" : "tool.clear"}
      danger={asking.value}
      onBlur={() => (asking.value = false)}
      onClick={() => {
        if (asking.value) live.connection.ask({ t: "page.clear", page: current });
        asking.value = !asking.value;
      }}
    >
      <Icon name="trash" size={20} />
    </Option>
  );
}
