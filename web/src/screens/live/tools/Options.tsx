// What the held tool offers, in one row: kinds, colours, widths.
import { useSignal } from "@preact/signals";
import type { Kind } from "../../../board/choices";
import type { Hand } from "../../../board/hand";
import { type Key, t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Live } from "../live";
import { FormulaBar } from "./FormulaBar";
import { type GroupName, groupOf, hold } from "./groups";
import { Colours, Option, Sizes, Widths } from "./parts";
import { PictureButton } from "./PictureButton";
import { ToolIcon, type ToolIconName } from "./ToolIcon";

interface Props {
  live: Live;
  hand: Hand;
}

const KINDS: readonly (Kind & ToolIconName)[] = [
  ...(["line", "arrow", "rect", "ellipse", "triangle", "right", "polygon"] as const),
  ...(["axes", "quadrant"] as const),
];
const PENS = [
  ["pen", <Icon name="pen" size={20} />],
  ["chalk", <ToolIcon name="chalk" size={20} />],
  ["highlighter", <Icon name="highlighter" size={20} />],
] as const;
const INSTRUMENTS = ["ruler", "protractor", "compasses"] as const;
const OFFERS: Record<GroupName, (props: Props) => preact.JSX.Element> = {
  select: Select,
  write: Write,
  erase: Erase,
  shape: Shapes,
  words: Words,
  measure: Measure,
  point: Point,
};

export function Options({ live, hand }: Props) {
  const group = groupOf(hand.tool.value);
  const Offer = OFFERS[group.name];
  if (hand.draft.latex.value !== null) return <FormulaBar draft={hand.draft} />;
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
  const target = event.target as HTMLElement;
  if (!target.closest("input, select, label")) event.preventDefault();
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
      {PENS.map(([tool, icon]) => (
        <Option
          key={tool}
          word={`write.${tool}`}
          pressed={hand.tool.value === tool}
          onClick={() => hold(hand, tool)}
        >
          {icon}
        </Option>
      ))}
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

function Words({ live, hand }: Props) {
  return (
    <>
      <Option word="words.text" pressed={hand.tool.value === "text"} onClick={() => hold(hand, "text")}>
        <ToolIcon name="words" size={20} />
      </Option>
      <Option word="words.note" pressed={hand.tool.value === "note"} onClick={() => hold(hand, "note")}>
        <ToolIcon name="note" size={20} />
      </Option>
      <Option
        word="words.formula"
        pressed={hand.tool.value === "formula"}
        onClick={() => hold(hand, "formula")}
      >
        <ToolIcon name="formula" size={20} />
      </Option>
      {live.pasted && <PictureButton pasted={live.pasted} look="opt" size={20} />}
      <Colours hand={hand} />
      <Sizes hand={hand} />
      <p class="hint wide-only">{t("words.how")}</p>
    </>
  );
}

function Measure({ hand }: Props) {
  const { instruments } = hand;
  return (
    <>
      {INSTRUMENTS.map((name) => (
        <Option
          key={name}
          word={`measure.${name}`}
          pressed={instruments.out.value.includes(name)}
          onClick={() => instruments.toggle(name)}
        >
          <ToolIcon name={name} size={20} />
        </Option>
      ))}
      <Colours hand={hand} />
      <Widths hand={hand} />
      <p class="hint wide-only">{t("measure.how")}</p>
    </>
  );
}

function Erase({ live, hand }: Props) {
  const whole = hand.tool.value === "wiper";
  if (hand.place.kind === "layer") return <p class="hint">{t("erase.whole.how")}</p>;
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
