// Policies that hold for all schools of an alliance: versions, and which school has read the newest.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { me } from "../home/api";
import { useOpen } from "../home/useOpen";
import { when } from "../home/when";
import { KeepOrLeave } from "./Buttons";
import { Problem } from "./Problem";
import { idOf, nameOf, type Page, type Props, useSection } from "./alliance";

interface Policy {
  id: string;
  number: number;
  title: string;
  text: string;
  by: string;
  at: number;
}

interface Reading {
  policy: string;
  number: number;
  account: string;
  shown: string;
  school: string;
}

interface Found {
  policies: Policy[];
  readings: Reading[];
}

export function Policies({ page, at }: Props) {
  const { found, problem, send } = useSection<Found>(`${at}/policies`);
  const { open: written, show: write, close } = useOpen<Policy | "new" | null>();
  const [account, setAccount] = useState("");
  useEffect(() => void me().then((one) => setAccount(one?.name ?? "")), []);
  const ids = [...new Set(found?.policies.map(({ id }) => id))];
  async function publish(title: string, text: string) {
    const seen = written === "new" || !written ? { id: "", number: 0 } : written;
    if (await send(`${at}/policies`, { title, text, id: seen.id, number: seen.number })) close(written);
  }
  return (
    <>
      <Problem words={problem} />
      {page.leads && !written && (
        <button class="button main" type="button" onClick={() => write("new")}>
          <Icon name="plus" size={20} />
          {t("alliance.policy.new")}
        </button>
      )}
      {written && (
        <Write key={idOf(written)} from={written === "new" ? null : written} publish={publish} leave={() => write(null)} />
      )}
      {found && ids.length === 0 && <p class="none quiet-text">{t("alliance.policy.none")}</p>}
      {found &&
        ids.map((id) => (
          <OnePolicy
            key={id}
            page={page}
            versions={found.policies.filter((one) => one.id === id)}
            readings={found.readings.filter(({ policy }) => policy === id)}
            account={account}
            read={(number) => void send(`${at}/policies/${encodeURIComponent(id)}/read`, { number })}
            revise={write}
          />
        ))}
    </>
  );
}

interface OneProps {
  page: Page;
  /** The newest first. */
  versions: Policy[];
  readings: Reading[];
  account: string;
  read: (number: number) => void;
  revise: (policy: Policy) => void;
}

function OnePolicy({ page, versions, readings, account, read, revise }: OneProps) {
  const now = versions.reduce((newest, one) => (one.number > newest.number ? one : newest));
  const before = versions.filter(({ number }) => number !== now.number);
  const readers = readings.filter(({ number }) => number === now.number);
  const schools = new Set(readers.map(({ school }) => school));
  const mine = readers.some((one) => one.account === account);
  const told = ({ number, by, at }: Policy) => t("alliance.policy.version", { n: number, by, when: when(at) });
  return (
    <article class="card">
      <div class="row wrap">
        <h4 class="grow">{now.title}</h4>
        <span class="quiet-text">{told(now)}</span>
        {page.leads && (
          <button class="button quiet" type="button" onClick={() => revise(now)}>
            <Icon name="pen" size={20} />
            {t("alliance.policy.again")}
          </button>
        )}
      </div>
      <p class="text">{now.text}</p>
      <div class="row wrap">
        {page.own && (mine ? <Tick words={t("alliance.policy.mine")} /> : (
          <button class="button" type="button" onClick={() => read(now.number)}>
            <Icon name="check" size={20} />
            {t("alliance.policy.read")}
          </button>
        ))}
        <details class="grow">
          <summary>{t("alliance.policy.count", { n: schools.size, m: page.schools.length })}</summary>
          <ul>
            {page.schools.map(({ id, name }) => {
              const who = readers.filter(({ school }) => school === id).map(({ shown }) => shown);
              return (
                <li key={id} class={who.length ? "" : "quiet-text"}>
                  {who.length
                    ? t("alliance.policy.readers", { name, who: who.join("、") })
                    : t("alliance.policy.unread", { name: nameOf(page, id) })}
                </li>
              );
            })}
          </ul>
        </details>
      </div>
      {before.length > 0 && (
        <details>
          <summary>{t("alliance.policy.before", { n: before.length })}</summary>
          {before.map((one) => (
            <div key={one.number}>
              <p class="quiet-text">
                {one.title} · {told(one)}
              </p>
              <p class="text">{one.text}</p>
            </div>
          ))}
        </details>
      )}
    </article>
  );
}

export function Tick({ words }: { words: string }) {
  return (
    <span class="row tick">
      <Icon name="check" size={20} />
      {words}
    </span>
  );
}

interface WriteProps {
  from: Policy | null;
  publish: (title: string, text: string) => void;
  leave: () => void;
}

function Write({ from, publish, leave }: WriteProps) {
  const [title, setTitle] = useState(from?.title ?? "");
  const [text, setText] = useState(from?.text ?? "");
  return (
    <form
      class="card form"
      onSubmit={(event) => {
        event.preventDefault();
        publish(title, text);
      }}
    >
      <label>
        {t("alliance.name")}
        <input class="input" maxLength={80} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
      </label>
      <label>
        {t("alliance.policy.text")}
        <textarea
          class="input"
          rows={8}
          maxLength={10000}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <KeepOrLeave words={t("alliance.policy.publish")} leave={leave} />
    </form>
  );
}
