// What programs of others use: tokens, webhooks, and where the API is explained.
import "../../i18n/staff";
import { LangButton } from "../../i18n/LangButton";
import { useEffect, useState } from "preact/hooks";
import { t, tOr } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { useTitle } from "../../style/title";
import { type Account, codeOf, me } from "../home/api";
import { Tokens } from "./Tokens";
import { Webhooks } from "./Webhooks";
import "../district/district.css";
import "./outside.css";
import "./secret.css";

export default function Outside() {
  useTitle(t("outside.title"));
  const [account, setAccount] = useState<Account | null>(null);
  useEffect(() => void me().then(setAccount, () => undefined), []);
  return (
    <div class="district outside">
      <header>
        <button class="button quiet" type="button" onClick={() => go("/home")}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h1>{t("outside.title")}</h1>
        <span class="grow" />
        <a class="button quiet" href="/api/reference">
          {t("outside.reference")}
        </a>
        <LangButton />
      </header>
      <main>
        <Tokens wordsOf={wordsOf} />
        {account?.role === "admin" && <Webhooks wordsOf={wordsOf} />}
      </main>
    </div>
  );
}

function wordsOf(error: unknown): string {
  const code = codeOf(error);
  if (code === "login") go("/login");
  return tOr(`outside.error.${code}`, code === "offline" ? "error.offline" : "error.unknown");
}
