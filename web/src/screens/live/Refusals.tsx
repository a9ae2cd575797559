// What the rules said no to, in words, for as long as it takes to read them.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Refused } from "../../core/connection";
import { t, tOr } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Live } from "./live";

const READ_MS = 5000;
/** Ink refused because its stroke was: the sentence about that stays. */
const ECHOES = ["no-handout", "no-stroke", "stroke-taken", "unheard"];

export function Refusals({ live }: { live: Live }) {
  const { refusal } = live.connection;
  const said = useSignal<Refused | null>(null);
  useEffect(
    () =>
      refusal.subscribe((refused) => {
        if (refused && !ECHOES.includes(refused.code)) said.value = refused;
      }),
    [refusal],
  );
  const refused = said.value;
  useEffect(() => {
    const timer = setTimeout(() => {
      said.value = refusal.value = null;
    }, READ_MS);
    return () => clearTimeout(timer);
  }, [refused]);
  if (!refused) return null;
  return (
    <p class="toast band warning" role="alert">
      <Icon name="alert" />
      {tOr(`refused.${refused.code}`, "refused.other", { why: refused.message || t("error.unknown") })}
    </p>
  );
}
