// The people of a studio, with their schools; its master says who comes and who goes.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { post, remove } from "../home/api";
import { Colleagues } from "./Colleagues";
import type { Act } from "./OneStudio";
import type { Member, Page } from "./studios";

interface Props {
  page: Page;
  at: string;
  act: Act;
}

export function People({ page, at, act }: Props) {
  const [inviting, invite] = useState(false);
  const call = (account: string, version: number) => act(post<Page>(`${at}/apprentices`, { account, version }));
  return (
    <section class="card">
      <div class="row wrap">
        <h2 class="grow">{t("studio.people")}</h2>
        {page.leads && (
          <button class="button" type="button" aria-expanded={inviting} onClick={() => invite(!inviting)}>
            <Icon name={inviting ? "x" : "plus"} size={20} />
            {t(inviting ? "common.close" : "studio.invite")}
          </button>
        )}
      </div>
      {inviting && (
        <Colleagues
          label={t("studio.invite.find")}
          roles={["teacher", "co-teacher"]}
          choose={({ account }) => void call(account, 0)}
        />
      )}
      <ul>
        {page.people.map((one) => (
          <Person key={one.account} one={one} page={page} at={at} act={act} call={call} />
        ))}
      </ul>
    </section>
  );
}

interface PersonProps extends Props {
  one: Member;
  call: (account: string, version: number) => Promise<boolean>;
}

function Person({ one, page, at, act, call }: PersonProps) {
  const master = one.account === page.studio.master;
  const release = () =>
    void act(remove<Page>(`${at}/apprentices/${encodeURIComponent(one.account)}?version=${one.version}`));
  return (
    <li class="row wrap">
      <strong>{one.shown}</strong>
      <span class="grow quiet-text">{one.school}</span>
      {master && <span class="badge ready">{t("studio.master")}</span>}
      {!master && one.standing !== "in" && <span class="badge">{t(`studio.standing.${one.standing}`)}</span>}
      {page.leads && one.standing === "asked" && (
        <button class="button main" type="button" onClick={() => void call(one.account, one.version)}>
          {t("studio.take")}
        </button>
      )}
      {page.leads && !master && (
        <button class="button quiet" type="button" onClick={release}>
          {t(one.standing === "in" ? "studio.release" : "studio.refuse")}
        </button>
      )}
    </li>
  );
}
