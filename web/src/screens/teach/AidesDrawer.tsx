// The drawer of the co-teachers: who calls for help, and words with each of them alone.
import { t } from "../../i18n";
import { AsideWords } from "../live/AsideWords";
import type { Live } from "../live/live";

export function AidesDrawer({ live }: { live: Live }) {
  const { words, aides } = live.store.signals.aside.value;
  const all = [...new Set([...aides, ...words.map(({ aide }) => aide)])];
  return (
    <section class="aides-drawer">
      <h2>{t("aside")}</h2>
      <Calls live={live} />
      {!all.length && <p class="quiet-text">{t("aside.nobody")}</p>}
      {all.map((aide) => (
        <AsideWords key={aide} live={live} aide={aide} />
      ))}
    </section>
  );
}

/** The rooms that call for help, the first of them first. */
export function Calls({ live }: { live: Live }) {
  const { help } = live.store.signals.aside.value;
  if (!help.size) return null;
  return (
    <ul class="calls" role="alert">
      {[...help].map(([room, { words }]) => (
        <li key={room} class="band warning">
          <span class="grow">
            <strong>{t("help.of", { room: live.nameOf(room) })}</strong> {words}
          </span>
          <button
            class="button small-button"
            type="button"
            onClick={() => live.connection.ask({ t: "help.end", room })}
          >
            {t("help.end")}
          </button>
        </li>
      ))}
    </ul>
  );
}
