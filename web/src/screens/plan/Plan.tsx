// Co-preparation: one plan of a lesson that its teachers write together, with versions and remarks.
import "../../i18n/staff";
import "../../i18n/plan";
import { useEffect, useRef, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t, tOr } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { type Account, codeOf, get, me, post } from "../home/api";
import { when } from "../home/when";
import { Remarks } from "./Remarks";
import { Versions } from "./Versions";
import { begun, type Draft, isChanged, type PlanOnTable, rebased, SECTIONS, type Section } from "./plan";
import "./plan.css";

const REFRESH_MS = 5000;
const LONGEST_SECTION = 8000; // characters; synclass/preclass/coprep.py
const MAY_WRITE: readonly string[] = ["teacher", "co-teacher"]; // synclass/permissions.py

export default function Plan({ id = "" }: { id?: string }) {
  const path = `/api/lessons/${id}/plan`;
  const [account, setAccount] = useState<Account | null>(null);
  const [told, setTold] = useState<PlanOnTable | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [problem, setProblem] = useState("");
  const [saved, setSaved] = useState(0); // the version that we saved last; 0 once we write on
  useTitle(t("plan"));

  async function refresh() {
    const now = await get<PlanOnTable>(path);
    setTold(now);
    setDraft((draft) => (draft && (isChanged(draft) || draft.seen === now.version) ? draft : begun(now)));
    return now;
  }
  const failed = (error: unknown) => setProblem(tOr(`plan.error.${codeOf(error)}`, codeOf(error) === "offline" ? "error.offline" : "error.unknown"));

  useEffect(() => {
    const ask = () => refresh().then(() => setProblem((was) => (was === t("error.offline") ? "" : was)), failed);
    me().then((found) => (found && !found.given ? setAccount(found) : go("/login")), failed);
    void ask();
    const often = setInterval(() => !document.hidden && void ask(), REFRESH_MS);
    return () => clearInterval(often);
  }, [id]);

  if (!account || !told || !draft) return problem ? <p class="band danger" role="alert">{problem}</p> : null;
  const writes = MAY_WRITE.includes(account.role);
  const newer = told.version > draft.seen ? told.versions[0] : null;

  function write(section: Section, text: string) {
    setSaved(0);
    setDraft((was) => was && { ...was, mine: { ...was.mine, [section]: text } });
  }
  async function save() {
    if (!draft) return;
    setProblem("");
    try {
      const { version } = await post<{ version: number }>(path, { seen: draft.seen, plan: draft.mine });
      setSaved(version);
      setDraft((was) => was && { ...was, seen: version, base: draft.mine, theirs: {} });
      await refresh();
    } catch (error) {
      if (codeOf(error) === "changed-meanwhile") await refresh().catch(failed);
      else failed(error);
    }
  }

  return (
    <div class="plan">
      <header class="row wrap">
        <a class="button quiet only-icon" href="/home" aria-label={t("live.to-home")}>
          <Icon name="chevron-left" />
        </a>
        <h1 class="grow">
          {told.title} <span class="quiet-text">{[told.subject, t("plan")].filter(Boolean).join(" · ")}</span>
        </h1>
        <Latest told={told} />
        <LangButton />
        {writes && (
          <button class="button main" type="button" disabled={!isChanged(draft) || newer !== null} onClick={() => void save()}>
            <Icon name="check" size={20} />
            {t("plan.save")}
          </button>
        )}
      </header>
      <main>
        <div class="sections">
          {problem && (
            <p class="band danger" role="alert">
              <Icon name="alert" />
              {problem}
            </p>
          )}
          {newer && (
            <div class="band warning row wrap" role="alert">
              <Icon name="alert" />
              <span class="grow">{t("plan.newer", { who: newer.who, n: newer.number })}</span>
              <button class="button main" type="button" onClick={() => setDraft(rebased(draft, told))}>
                {t("plan.go-on")}
              </button>
            </div>
          )}
          {saved > 0 && (
            <p class="band" role="status">
              <Icon name="check" />
              {t("plan.saved", { n: saved })}
            </p>
          )}
          {SECTIONS.map((section) => (
            <section key={section} class="card">
              <label class="field">
                <strong>{t(`plan.section.${section}`)}</strong>
                <textarea
                  class="input"
                  rows={section === "steps" ? 10 : 4}
                  maxLength={LONGEST_SECTION}
                  readOnly={!writes}
                  placeholder={t(`plan.section.${section}.how`)}
                  value={draft.mine[section]}
                  onInput={({ currentTarget }) => write(section, currentTarget.value)}
                />
              </label>
              {draft.theirs[section] !== undefined && (
                <Theirs
                  text={draft.theirs[section] ?? ""}
                  take={(text) => write(section, text)}
                  put={() => setDraft((was) => was && { ...was, theirs: { ...was.theirs, [section]: undefined } })}
                />
              )}
              <Remarks path={path} section={section} remarks={told.remarks} said={() => void refresh().catch(failed)} />
            </section>
          ))}
        </div>
        <aside>
          <Versions path={path} versions={told.versions} />
          <section class="card">
            <h2>{t("plan.remarks.whole")}</h2>
            <Remarks path={path} section="" remarks={told.remarks} said={() => void refresh().catch(failed)} />
          </section>
        </aside>
      </main>
    </div>
  );
}

function Latest({ told }: { told: PlanOnTable }) {
  const [latest] = told.versions;
  if (!latest) return <span class="quiet-text">{t("plan.empty")}</span>;
  const words = { n: latest.number, who: latest.who, when: when(latest.at) };
  return <span class="quiet-text small">{t("plan.latest", words)}</span>;
}

/** Both changed one section: theirs stands below ours, until somebody has chosen. */
function Theirs({ text, take, put }: { text: string; take: (text: string) => void; put: () => void }) {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => here.current?.scrollIntoView({ block: "center" }), []);
  return (
    <div class="theirs" ref={here}>
      <strong>{t("plan.theirs")}</strong>
      <pre>{text}</pre>
      <div class="row">
        <button
          class="button"
          type="button"
          onClick={() => {
            take(text);
            put();
          }}
        >
          {t("plan.theirs.take")}
        </button>
        <button class="button quiet" type="button" onClick={put}>
          {t("plan.theirs.mine")}
        </button>
      </div>
    </div>
  );
}
