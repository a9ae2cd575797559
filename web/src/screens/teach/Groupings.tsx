// Groupings of before: one is taken by one choice, and what is chosen now is kept under a name.
import { useEffect, useState } from "preact/hooks";
import { t, tOr } from "../../i18n";
import { Icon } from "../../style/Icon";
import { codeOf, get, post, remove } from "../home/api";
import { type Grouping, type Room, take, type Taken } from "./grouping";

const keyOf = ({ owner, name }: Grouping) => `${owner} ${name}`;

interface Props {
  lesson: string;
  rooms: readonly Room[];
  /** As they are chosen now, by the names of rooms. */
  groups: string[][];
  choose: (chosen: Map<string, number>) => void;
}

export function Groupings({ lesson, rooms, groups, choose }: Props) {
  const path = `/api/lessons/${lesson}/groupings`;
  const [found, setFound] = useState<{ groupings: Grouping[]; own: string }>({ groupings: [], own: "" });
  const [now, setNow] = useState<Grouping | null>(null);
  const [taken, setTaken] = useState<Taken | null>(null);
  const [said, say] = useState("");
  const look = () => void get<typeof found>(path).then(setFound, () => undefined); // a class goes on without
  useEffect(look, [path]);
  const failed = (error: unknown) => say(tOr(`grouping.error.${codeOf(error)}`, "error.unknown"));
  function use(key: string) {
    const one = found.groupings.find((each) => keyOf(each) === key) ?? null;
    const fitting = one && take(one, rooms);
    say("");
    setNow(one);
    setTaken(fitting);
    if (fitting) choose(fitting.chosen);
  }
  async function told(asked: Promise<unknown>, words: string) {
    await asked.then(() => {
      say(words);
      look();
    }, failed);
  }
  function forget({ name }: Grouping) {
    use("");
    void told(remove(`${path}/${encodeURIComponent(name)}`), t("grouping.forgotten", { name }));
  }
  const nameOf = ({ name, owner }: Grouping) => (owner === found.own ? name : t("grouping.of", { name, who: owner }));
  return (
    <>
      {found.groupings.length > 0 && (
        <div class="row">
          <label class="field grow">
            <span>{t("grouping.take")}</span>
            <select
              class="input"
              value={now ? keyOf(now) : ""}
              onChange={(event) => use(event.currentTarget.value)}
            >
              <option value="">{t("grouping.choose")}</option>
              {found.groupings.map((one) => (
                <option key={keyOf(one)} value={keyOf(one)}>
                  {nameOf(one)}
                </option>
              ))}
            </select>
          </label>
          {now?.owner === found.own && (
            <button class="button quiet" type="button" aria-label={t("grouping.forget")} onClick={() => forget(now)}>
              <Icon name="trash" size={20} />
            </button>
          )}
        </div>
      )}
      {taken && taken.away.length > 0 && (
        <p class="small quiet-text">{t("grouping.away", { rooms: taken.away.join("、") })}</p>
      )}
      {taken?.rest && <p class="small quiet-text">{t("grouping.rest")}</p>}
      <Keep keep={(name) => told(post(path, { name, groups }), t("grouping.kept", { name }))} />
      {said && (
        <p class="small" role="status">
          {said}
        </p>
      )}
    </>
  );
}

function Keep({ keep }: { keep: (name: string) => Promise<void> }) {
  const [name, setName] = useState<string | null>(null);
  if (name === null) {
    return (
      <button class="button quiet" type="button" onClick={() => setName("")}>
        <Icon name="plus" size={20} />
        {t("grouping.keep")}
      </button>
    );
  }
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        void keep(name.trim());
        setName(null);
      }}
    >
      <label class="field grow">
        <span>{t("grouping.name")}</span>
        <input
          class="input"
          required
          maxLength={40}
          autofocus
          placeholder={t("grouping.example")}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <button class="button" type="submit">
        {t("grouping.save")}
      </button>
    </form>
  );
}
