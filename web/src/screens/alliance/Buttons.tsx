// The buttons below what the alliance has in common, and below the form it is written in.
import { useState } from "preact/hooks";
import { t } from "../../i18n";

/** Change it, or remove it: that is asked twice. */
export function ChangeOrRemove({ change, drop }: { change: () => void; drop: () => void }) {
  const [sure, ask] = useState(false);
  return (
    <div class="row">
      <button class="button quiet" type="button" onClick={change}>
        {t("alliance.change")}
      </button>
      <button class="button quiet" type="button" onClick={() => (sure ? drop() : ask(true))}>
        {t(sure ? "alliance.remove.sure" : "alliance.remove")}
      </button>
    </div>
  );
}

/** Keep what is written, or leave it. */
export function KeepOrLeave({ words, leave }: { words: string; leave: () => void }) {
  return (
    <div class="row">
      <button class="button main" type="submit">
        {words}
      </button>
      <button class="button quiet" type="button" onClick={leave}>
        {t("alliance.cancel")}
      </button>
    </div>
  );
}
