// What each school uses of what it may, the fullest first; who looks after the region sets it.
import { useEffect, useState } from "preact/hooks";
import { t, tOr } from "../../i18n";
import { Icon } from "../../style/Icon";
import { codeOf, get, post } from "./api";
import { fullest, GB, OF, type Of, type Quota, share, size, told, type Usage, type Usages } from "./quotas";
import { useOpen } from "./useOpen";
import "./quotas.css";

export function Quotas() {
  const [all, setAll] = useState<Usages | null>(null);
  const [problem, setProblem] = useState("");
  const [said, say] = useState("");
  const { open, show, close } = useOpen<Quota>();
  const look = () =>
    void get<Usages>("/api/quotas").then(setAll, (error) =>
      setProblem(tOr(`quotas.error.${codeOf(error)}`, "error.unknown")),
    );
  useEffect(look, []);
  const nameOf = (id: string) => all?.schools.find(({ school }) => school === id)?.name ?? t("quotas.common");
  function saved(quota: Quota) {
    close(quota);
    say(t("quotas.saved", { name: nameOf(quota.id) }));
    look();
  }
  function set(quota: Quota) {
    say("");
    show(quota);
  }
  return (
    <section class="quotas">
      <h2>{t(all?.region === false ? "quotas.title.own" : "quotas.title")}</h2>
      <p class="quiet-text">{t("quotas.how")}</p>
      {problem && (
        <p class="band danger" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
      {said && (
        <p class="band" role="status">
          {said}
        </p>
      )}
      {open && all && (
        <Form
          key={open.id}
          quota={open}
          name={nameOf(open.id)}
          common={open.id ? all.common : null}
          saved={() => saved(open)}
          closed={() => close(open)}
        />
      )}
      {all?.region && (
        <div class="card row wrap">
          <strong>{t("quotas.common")}</strong>
          <span class="grow quiet-text">
            {OF.map((of) => `${t(`quotas.${of}`)}: ${most(all.common, of)}`).join(" · ")}
          </span>
          <button class="button" type="button" onClick={() => set(all.common)}>
            {t("quotas.set")}
          </button>
        </div>
      )}
      {all && <Table all={all} set={set} />}
    </section>
  );
}

function most(quota: Quota, of: Of): string {
  const limit = quota[of];
  if (limit === null) return t("quotas.free");
  return of === "kept" ? size(limit) : String(limit);
}

function Table({ all, set }: { all: Usages; set: (quota: Quota) => void }) {
  const rows = [...all.schools].sort((one, other) => fullest(other) - fullest(one));
  if (!rows.length) return <p class="none quiet-text">{t("quotas.none")}</p>;
  return (
    <div class="scroll">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t("quotas.school")}</th>
            {OF.map((of) => (
              <th key={of} scope="col">
                {t(`quotas.${of}`)}
              </th>
            ))}
            {all.region && <td />}
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.school}>
              <th scope="row">
                {one.name}
                {one.level !== "enough" && <span class={`level ${one.level}`}>{t(`quotas.${one.level}`)}</span>}
              </th>
              {OF.map((of) => (
                <td key={of}>
                  <Bar one={one} of={of} />
                </td>
              ))}
              {all.region && (
                <td class="number">
                  <button
                    class="button quiet"
                    type="button"
                    aria-label={t("quotas.set.of", { name: one.name })}
                    onClick={() => set(one.own)}
                  >
                    {t("quotas.set")}
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Bar({ one, of }: { one: Usage; of: Of }) {
  const part = share(one, of);
  const how = part >= 1 ? "full" : part >= 0.8 ? "low" : "";
  const { recordings, courseware } = one.used;
  return (
    <>
      {one.allowed[of] !== null && (
        <meter
          class={how}
          min={0}
          max={1}
          value={Math.min(part, 1)}
          aria-label={t(`quotas.${of}`)}
        />
      )}
      <div>{told(one, of)}</div>
      {of === "kept" && (
        <div class="small quiet-text">
          {t("quotas.parts", { recordings: size(recordings), courseware: size(courseware) })}
        </div>
      )}
    </>
  );
}

interface FormProps {
  quota: Quota;
  name: string;
  /** What holds where nothing is set; null of that itself. */
  common: Quota | null;
  saved: () => void;
  closed: () => void;
}

function Form({ quota, name, common, saved, closed }: FormProps) {
  const [form, setForm] = useState(quota);
  const [problem, setProblem] = useState("");
  function save(event: Event) {
    event.preventDefault();
    post<Quota>("/api/quotas", form).then(saved, (error) =>
      setProblem(tOr(`quotas.error.${codeOf(error)}`, "error.unknown")),
    );
  }
  return (
    <form class="card add-person" aria-label={t("quotas.set.of", { name })} onSubmit={save}>
      <h3>{t("quotas.set.of", { name })}</h3>
      {OF.map((of, n) => (
        <label key={of} class="field">
          <span>{t(`quotas.form.${of}`)}</span>
          <input
            class="input"
            type="number"
            min={of === "kept" ? 0.001 : 1}
            step={of === "kept" ? "any" : 1}
            autofocus={n === 0}
            value={form[of] === null ? "" : of === "kept" ? form[of] / GB : form[of]}
            onInput={({ currentTarget: { value } }) => {
              const number = Math.round(Number(value) * (of === "kept" ? GB : 1));
              setForm({ ...form, [of]: value === "" ? null : number });
            }}
          />
          <span class="small quiet-text">
            {common ? t("quotas.form.as-all", { now: most(common, of) }) : t("quotas.form.unlimited")}
          </span>
        </label>
      ))}
      {problem && (
        <p class="band danger" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
      <div class="row wrap">
        <button class="button main" type="submit">
          {t("district.save")}
        </button>
        <button class="button" type="button" onClick={closed}>
          {t("common.close")}
        </button>
      </div>
    </form>
  );
}
