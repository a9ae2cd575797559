// Marks the moment that is shown: what it is, and a few words.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Bookmark } from "../../wire.gen";
import { span } from "../home/when";
import { heardM, KINDS, LONGEST } from "../live/marking";
import type { Player } from "./player";
import type { Marking } from "./source";
import "../live/mark.css";

interface Props {
  player: Player;
  marking: Marking;
}

export function MarkHere({ player, marking }: Props) {
  const at = useSignal<number | null>(null); // where it was begun
  useEffect(() => heardM(() => (at.value ??= player.now())), [player]);
  if (at.value === null) {
    return (
      <button
        class="button mark-here"
        type="button"
        title={t("mark.why")}
        onClick={() => (at.value = player.now())}
      >
        <Icon name="flag" size={20} />
        {t("mark.now")}
      </button>
    );
  }
  const close = () => (at.value = null);
  return <Form player={player} marking={marking} at={at.value} close={close} />;
}

function Form({ player, marking, at, close }: Props & { at: number; close: () => void }) {
  const kind = useSignal<Bookmark["kind"]>("key");
  const text = useSignal("");
  const failed = useSignal(false);

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    try {
      await marking.mark(at, kind.value, text.value.trim());
      await player.refresh(true);
      close();
    } catch {
      failed.value = true;
    }
  }

  return (
    <form
      class="mark-here describe"
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <div class="kinds" role="group">
        {KINDS.map((one) => (
          <button
            key={one}
            class="button"
            type="button"
            aria-pressed={one === kind.value}
            onClick={() => (kind.value = one)}
          >
            {t(`mark.${one}`)}
          </button>
        ))}
      </div>
      <input
        class="input"
        autofocus
        aria-label={t("mark.text")}
        placeholder={t("mark.text")}
        maxLength={LONGEST}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      {failed.value && (
        <p class="band warning" role="alert">
          {t("mark.failed")}
        </p>
      )}
      <div class="row">
        <button class="button quiet grow" type="button" onClick={close}>
          {t("mark.cancel")}
        </button>
        <button class="button main grow" type="submit">
          {t("mark.save")} <span class="digits">{span(at - player.startsAt.value)}</span>
        </button>
      </div>
    </form>
  );
}
