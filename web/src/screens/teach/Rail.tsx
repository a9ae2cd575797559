// The tools at the left edge: what the hand holds, its colour and width, undo and clear.
import { useSignal } from "@preact/signals";
import type { Hand, ToolName } from "../../board/hand";
import { type Key, t } from "../../i18n";
import { Icon, type IconName } from "../../style/Icon";
import type { Live } from "../live/live";

const TOOLS: [ToolName, IconName, Key][] = [
  ["pen", "pen", "tool.pen"],
  ["highlighter", "highlighter", "tool.highlighter"],
  ["eraser", "eraser", "tool.eraser"],
  ["laser", "pointer", "tool.laser"],
];
const WIDTHS: [number, Key][] = [
  [12, "tool.width.thin"],
  [20, "tool.width.middle"],
  [36, "tool.width.thick"],
];

export function Rail({ live, hand }: { live: Live; hand: Hand | null }) {
  if (!hand) return <nav class="rail" />;
  return (
    <nav class="rail" aria-label={t("tool.tools")}>
      {TOOLS.map(([tool, icon, word]) => (
        <button
          key={tool}
          class="tool"
          type="button"
          aria-pressed={hand.tool.value === tool}
          onClick={() => (hand.tool.value = tool)}
        >
          <Icon name={icon} />
          {t(word)}
        </button>
      ))}
      <Colours hand={hand} />
      <Widths hand={hand} />
      <button
        class="tool"
        type="button"
        onClick={() => live.connection.ask({ t: "op.undo", page: live.store.states.pages.current })}
      >
        <Icon name="undo" />
        {t("tool.undo")}
      </button>
      <Clear live={live} />
    </nav>
  );
}

export function Colours({ hand }: { hand: Hand }) {
  return (
    <div class="colours" role="group">
      {Array.from({ length: 8 }, (_, i) => (
        <button
          key={i}
          class="colour"
          type="button"
          aria-label={t("tool.colour", { n: i + 1 })}
          aria-pressed={hand.colour.value === i}
          style={{ "--colour": `var(--ink-${i})` }}
          onClick={() => {
            hand.colour.value = i;
            if (hand.tool.value === "eraser" || hand.tool.value === "laser") hand.tool.value = "pen";
          }}
        />
      ))}
    </div>
  );
}

function Widths({ hand }: { hand: Hand }) {
  return (
    <div class="widths" role="group">
      {WIDTHS.map(([width, word]) => (
        <button
          key={width}
          class="width"
          type="button"
          aria-label={t(word)}
          title={t(word)}
          aria-pressed={hand.width.value === width}
          onClick={() => (hand.width.value = width)}
        >
          <i style={{ width: `${width / 2}px`, height: `${width / 2}px` }} />
        </button>
      ))}
    </div>
  );
}

function Clear({ live }: { live: Live }) {
  const asking = useSignal(false);
  const { current } = live.store.signals.pages.value;
  return (
    <button
      class={asking.value ? "tool danger" : "tool"}
      type="button"
      onBlur={() => (asking.value = false)}
      onClick={() => {
        if (asking.value) live.connection.ask({ t: "page.clear", page: current });
        asking.value = !asking.value;
      }}
    >
      <Icon name="trash" />
      {t(asking.value ? "tool.clear.sure" : "tool.clear")}
    </button>
  );
}
