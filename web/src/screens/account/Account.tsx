// One's own account: who one is here, and the other login that one is known by.
import "../../i18n/staff";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { type Account, me } from "../home/api";
import { OtherLogin } from "./OtherLogin";
import { wordsOf } from "./linked";
import "./account.css";

export default function OwnAccount() {
  useTitle(t("account.title"));
  const [account, setAccount] = useState<Account | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    me().then(
      (found) => (found && !found.given ? setAccount(found) : go("/login")),
      (error) => setProblem(wordsOf(error)),
    );
  }, []);
  return (
    <div class="account">
      <header>
        <button class="button quiet" type="button" onClick={() => go("/home")}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h1>{t("account.title")}</h1>
        <span class="grow" />
        <LangButton />
      </header>
      <main>
        {problem && (
          <p class="band danger" role="alert">
            <Icon name="alert" />
            {problem}
          </p>
        )}
        {account && (
          <>
            <section>
              <h2>{account.shown}</h2>
              <p class="quiet-text">
                {[t(`role.${account.role}`), account.school, account.name].filter(Boolean).join(" · ")}
              </p>
            </section>
            <OtherLogin />
          </>
        )}
      </main>
    </div>
  );
}
