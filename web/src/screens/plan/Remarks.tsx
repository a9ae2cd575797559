// What was said to a section, or to the whole plan: threads one deep, and a line to add to them.
import { useState } from "preact/hooks";
import { t, tOr } from "../../i18n";
import { codeOf, post } from "../home/api";
import { when } from "../home/when";
import type { Remark, Section } from "./plan";

const LONGEST = 1000; // characters; synclass/preclass/coprep.py

interface Props {
  path: string;
  section: Section | "";
  remarks: Remark[];
  said: () => void;
}

export function Remarks({ path, section, remarks, said }: Props) {
  const threads = remarks.filter((one) => one.section === section && !one.parent);
  const label = section
    ? t("plan.remark", { name: t(`plan.section.${section}`) })
    : t("plan.remark.whole");
  return (
    <div class="remarks">
      <ul>
        {threads.map((thread) => (
          <li key={thread.id}>
            <One remark={thread} />
            <ul>
              {remarks
                .filter(({ parent }) => parent === thread.id)
                .map((answer) => (
                  <li key={answer.id}>
                    <One remark={answer} />
                  </li>
                ))}
            </ul>
            <Say path={path} parent={thread.id} section={section} label={t("plan.answer", { who: thread.who })} said={said} />
          </li>
        ))}
      </ul>
      <Say path={path} parent={0} section={section} label={label} said={said} />
    </div>
  );
}

function One({ remark }: { remark: Remark }) {
  return (
    <p>
      <strong>{remark.who}</strong> <span class="small quiet-text">{when(remark.at)}</span>
      <br />
      {remark.text}
    </p>
  );
}

interface Saying extends Omit<Props, "remarks"> {
  parent: number;
  label: string;
}

/** The words stay in the field until the server has them. */
function Say({ path, parent, section, label, said }: Saying) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  function say(event: Event) {
    event.preventDefault();
    setProblem("");
    post(`${path}/remarks`, { text, section, parent }).then(
      () => {
        setText("");
        said();
      },
      (error) => setProblem(tOr(`plan.error.${codeOf(error)}`, codeOf(error) === "offline" ? "error.offline" : "error.unknown")),
    );
  }
  return (
    <form class="row" onSubmit={say}>
      <input
        class="input grow"
        required
        maxLength={LONGEST}
        aria-label={label}
        placeholder={label}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      {text.trim() && (
        <button class="button" type="submit">
          {t("plan.say")}
        </button>
      )}
      {problem && (
        <span class="bad small" role="alert">
          {problem}
        </span>
      )}
    </form>
  );
}
