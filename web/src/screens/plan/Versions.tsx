// Who saved which version and when; touched, it shows line by line what that one changed.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { get } from "../home/api";
import { when } from "../home/when";
import { type Edition, type Line, SECTIONS } from "./plan";

const SIGNS = { same: " ", added: "+", removed: "−" } as const;

export function Versions({ path, versions }: { path: string; versions: Edition[] }) {
  const [shown, show] = useState(0);
  return (
    <section class="card">
      <h2>{t("plan.versions")}</h2>
      {!versions.length && <p class="quiet-text small">{t("plan.versions.none")}</p>}
      <ol class="versions">
        {versions.map(({ number, who, at }) => (
          <li key={number}>
            <button
              class="button quiet"
              type="button"
              aria-expanded={shown === number}
              onClick={() => show(shown === number ? 0 : number)}
            >
              <b class="digits">{t("plan.version", { n: number })}</b> {who}{" "}
              <span class="small quiet-text">{when(at)}</span>
            </button>
            {shown === number && <Difference path={path} number={number} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Difference({ path, number }: { path: string; number: number }) {
  const [lines, setLines] = useState<Line[] | null>(null);
  const [failed, fail] = useState(false);
  useEffect(() => {
    get<{ lines: Line[] }>(`${path}/difference?from=${number - 1}&to=${number}`).then(
      (told) => setLines(told.lines),
      () => fail(true),
    );
  }, [path, number]);
  if (failed) return <p role="alert">{t("error.offline")}</p>;
  if (!lines) return null;
  return (
    <div class="difference">
      {SECTIONS.map((section) => {
        const ours = lines.filter((line) => line.section === section);
        if (ours.every(({ change }) => change === "same")) return null;
        return (
          <div key={section}>
            <strong class="small">{t(`plan.section.${section}`)}</strong>
            {ours.map(({ change, text }, i) => (
              <p key={i} class={change}>
                <b aria-hidden="true">{SIGNS[change]}</b>
                {change !== "same" && <span class="said-only">{t(`plan.${change}`)}</span>}
                {text}
              </p>
            ))}
          </div>
        );
      })}
    </div>
  );
}
