// The classes of the co-teacher's own school, as its books have them: one press seats one of them.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t, tOr } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import { codeOf, get, post } from "../../home/api";
import type { Live } from "../../live/live";

interface Known {
  id: string;
  name: string;
  pupils: number;
  rows: number;
  columns: number;
  due: boolean;
}

interface Props {
  live: Live;
  room: string;
  done(): void;
  /** Type a list instead. */
  type(): void;
}

export function Classes({ live, room, done, type }: Props) {
  const found = useSignal<Known[] | null>(null);
  const failed = useSignal<string | null>(null);
  const path = `/api/lessons/${live.lesson}`;
  useEffect(() => {
    get<{ classes: Known[] }>(`${path}/classes`).then(
      ({ classes }) => (found.value = classes),
      (error) => (failed.value = codeOf(error)),
    );
  }, [path]);
  async function seat(classroom: string) {
    try {
      await post(`${path}/roster`, { room, classroom });
      done();
    } catch (error) {
      failed.value = codeOf(error);
    }
  }
  const filled = found.value?.filter(({ pupils }) => pupils > 0);
  return (
    <div class="roll-list">
      <h2>{t("roll.which")}</h2>
      {failed.value && (
        <p class="band warning" role="alert">
          {tOr(`refused.${failed.value}`, failed.value === "offline" ? "error.offline" : "error.unknown")}
        </p>
      )}
      {!filled && !failed.value && <p aria-busy="true">{t("live.opening")}</p>}
      {filled?.length === 0 && <p>{t("roll.no-classes")}</p>}
      <ul class="classes">
        {filled?.map((one) => (
          <li key={one.id}>
            <button class={one.due ? "button main" : "button"} type="button" onClick={() => seat(one.id)}>
              <Icon name="users" />
              <strong class="grow name">{one.name}</strong>
              <span>{t("roll.class-of", { n: one.pupils })}</span>
              {one.due && <span class="badge">{t("roll.due")}</span>}
            </button>
          </li>
        ))}
      </ul>
      <div class="row wrap">
        <span class="grow small quiet-text">{t("roll.private")}</span>
        <button class="button quiet" type="button" onClick={type}>
          {t("roll.type")}
        </button>
      </div>
    </div>
  );
}
