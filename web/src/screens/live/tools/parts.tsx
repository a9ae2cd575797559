// Pieces of what a tool offers: one of several, the colours, the widths, and undo and redo.
import type { ComponentChildren } from "preact";
import type { Hand } from "../../../board/hand";
import { type Key, t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import { ToolIcon } from "./ToolIcon";

const WIDTHS: [number, Key][] = [
  [10, "tool.width.thin"],
  [16, "tool.width.middle"],
  [32, "tool.width.thick"],
];

const SIZES: [number, Key][] = [
  [36, "words.size.small"],
  [48, "words.size.middle"],
  [80, "words.size.large"],
];

interface OptionProps {
  word: Key;
  pressed?: boolean;
  disabled?: boolean;
  /** Where there is little room the icon alone is shown; its name is still read out. */
  terse?: boolean;
  danger?: boolean;
  onClick: () => void;
  onBlur?: () => void;
  children: ComponentChildren;
}

export function Option({ word, pressed, disabled, terse, danger, onClick, onBlur, children }: OptionProps) {
  return (
    <button
      class={danger ? "opt danger" : "opt"}
      type="button"
      aria-label={t(word)}
      title={terse ? t(word) : undefined}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
      onBlur={onBlur}
    >
      {children}
      <span class={terse ? "word terse" : "word"}>{t(word)}</span>
    </button>
  );
}

/** ``onChoose`` where a colour is given to something that is there already. */
export function Colours({ hand, onChoose }: { hand: Hand; onChoose?: (colour: number) => void }) {
  return (
    <div class="colours" role="group" aria-label={t("tool.colours")}>
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
            onChoose?.(i);
          }}
        />
      ))}
    </div>
  );
}

export function Widths({ hand }: { hand: Hand }) {
  return (
    <div class="widths" role="group" aria-label={t("tool.widths")}>
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

/** How large letters are: each button shows its own. */
export function Sizes({ hand }: { hand: Hand }) {
  const { size } = hand.choices;
  return (
    <div class="widths" role="group" aria-label={t("words.sizes")}>
      {SIZES.map(([height, word]) => (
        <button
          key={height}
          class="width"
          type="button"
          aria-label={t(word)}
          title={t(word)}
          aria-pressed={size.value === height}
          style={{ fontSize: `${8 + height / 4}px` }}
          onClick={() => (size.value = height)}
        >
          {t("words.sample")}
        </button>
      ))}
    </div>
  );
}

/** Take back and do again: of what we did ourselves, on the page in front. */
export function UndoRedo({ hand, size }: { hand: Hand; size?: number }) {
  const { history } = hand;
  return (
    <>
      <button
        class="tool"
        type="button"
        disabled={!history.canUndo.value}
        aria-keyshortcuts="Control+Z"
        onClick={() => history.undo()}
      >
        <Icon name="undo" size={size} />
        {t("tool.undo")}
      </button>
      <button
        class="tool"
        type="button"
        disabled={!history.canRedo.value}
        aria-keyshortcuts="Control+Y"
        onClick={() => history.redo()}
      >
        <ToolIcon name="redo" size={size} />
        {t("tool.redo")}
      </button>
    </>
  );
}
