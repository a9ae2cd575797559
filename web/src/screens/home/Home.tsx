// Home of whoever is logged in: the lessons, and for an admin the people and the audit log.
import "../../i18n/after";
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { type Key, t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { Audit } from "./Audit";
import { Disk } from "./Disk";
import { Falls } from "./Falls";
import { Fullness } from "./Fullness";
import { Keeping } from "./Keeping";
import { Lessons } from "./Lessons";
import { People } from "./People";
import { Quotas } from "./Quotas";
import { type Account, codeOf, me, post } from "./api";
import "./home.css";

const TABS = { lessons: Lessons, people: People, keeping: Keeping, quotas: Quotas, audit: Audit };
type Tab = keyof typeof TABS;

export default function Home() {
  useTitle(t("home.lessons"));
  const [account, setAccount] = useState<Account | null>(null);
  const [problem, setProblem] = useState("");
  const [tab, setTab] = useState<Tab>("lessons");

  function open() {
    setProblem("");
    me().then(
      (found) => (found && !found.given ? setAccount(found) : go("/login")),
      (error) => setProblem(t(codeOf(error) === "offline" ? "error.offline" : "error.unknown")),
    );
  }
  useEffect(open, []);

  if (problem) return <Broken words={problem} again={open} />;
  if (!account) return null;
  const View = TABS[tab];
  return (
    <div class="home">
      <header>
        <h1>{t("app.name")}</h1>
        {account.role === "admin" && <Tabs now={tab} choose={setTab} />}
        {(account.role === "patrol" || account.role === "admin") && (
          <button class="button quiet" type="button" onClick={() => go("/patrol")}>
            <Icon name="eye" size={20} />
            {t("home.patrol")}
          </button>
        )}
        {(account.role === "patrol" || account.role === "admin") && (
          <button class="button quiet" type="button" onClick={() => go("/figures")}>
            {t("home.figures")}
          </button>
        )}
        {(account.role === "patrol" || account.role === "admin") && (
          <button class="button quiet" type="button" onClick={() => go("/map")}>
            {t("home.map")}
          </button>
        )}
        <span class="grow" />
        <a class="button quiet" href="/courses">
          <Icon name="layers" size={20} />
          {t("course.title")}
        </a>
        {(account.role === "teacher" || account.role === "co-teacher") && (
          <a class="button quiet" href="/timetable">
            <Icon name="bell" size={20} />
            {t("timetable.title")}
          </a>
        )}
        {account.role !== "co-teacher" && (
          <a class="button quiet" href="/library">
            <Icon name="book" size={20} />
            {t("home.library")}
          </a>
        )}
        <a class="button quiet" href="/studios">
          {t("home.studios")}
        </a>
        <a class="button quiet" href="/alliance">
          <Icon name="users" size={20} />
          {t("home.alliance")}
        </a>
        <button class="button quiet" type="button" onClick={() => go("/outside")}>
          {t("home.outside")}
        </button>
        <LangButton />
        <a class="button quiet whoami" href="/account" title={t("account.title")}>
          {account.shown} <span class="quiet-text">{t(`role.${account.role}`)}</span>
        </a>
        <button class="button quiet" type="button" onClick={leave}>
          <Icon name="log-out" size={20} />
          {t("home.logout")}
        </button>
      </header>
      <main>
        {account.role === "admin" && <Disk />}
        {account.role === "admin" && tab !== "keeping" && <Falls see={() => setTab("keeping")} />}
        {account.role === "admin" && tab !== "quotas" && <Fullness see={() => setTab("quotas")} />}
        <View account={account} />
      </main>
    </div>
  );
}

function Tabs({ now, choose }: { now: Tab; choose: (tab: Tab) => void }) {
  return (
    <nav class="row">
      <div class="row" role="tablist">
        {(Object.keys(TABS) as Tab[]).map((tab) => (
          <button
            key={tab}
            class="button quiet"
            type="button"
            role="tab"
            aria-selected={tab === now}
            onClick={() => choose(tab)}
          >
            {t(`home.${tab}` satisfies Key)}
          </button>
        ))}
      </div>
      <button class="button quiet" type="button" onClick={() => go("/district")}>
        {t("home.district")}
      </button>
    </nav>
  );
}

function Broken({ words, again }: { words: string; again: () => void }) {
  return (
    <div class="broken">
      <p class="band danger" role="alert">
        <Icon name="alert" />
        {words}
      </p>
      <button class="button main" type="button" onClick={again}>
        {t("common.retry")}
      </button>
    </div>
  );
}

async function leave() {
  await post("/api/logout").catch(() => undefined); // the cookie may be gone already
  go("/login");
}
