// The pen's four colours, and taking a stroke back.
import { type Key, t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Pen } from "../../wire.gen";

export const COLOURS = [1, 2, 3, 0] as const;

export const penOf = (colour: number): Pen => ({ tool: "pen", colour, width: 20 });

interface Props {
  colour: number;
  choose: (colour: number) => void;
  undo: () => void;
  written: number;
}

export function Pens({ colour, choose, undo, written }: Props) {
  return (
    <div class="row wrap pens" role="group" aria-label={t("after.pen")}>
      {COLOURS.map((one) => (
        <button
          key={one}
          class="button"
          type="button"
          aria-pressed={one === colour}
          onClick={() => choose(one)}
        >
          <span class="drop" style={{ background: `var(--ink-${one})` }} />
          {t(`after.pen.${one}` satisfies Key)}
        </button>
      ))}
      <button class="button" type="button" disabled={!written} onClick={undo}>
        <Icon name="undo" size={20} />
        {t("after.undo")}
      </button>
    </div>
  );
}
