// A pupil's own device: homework is opened by its code, handed in, and read when it comes back.
import "../../i18n/after";
import { useEffect, useState } from "preact/hooks";
import { LangButton } from "../../i18n/LangButton";
import { t } from "../../i18n";
import { go } from "../../router";
import { useTitle } from "../../style/title";
import { HandIn } from "../after/HandIn";
import { Reading } from "../after/Reading";
import { type Slip as Told, type Work, wordsOf } from "../after/after";
import { get } from "../home/api";
import { when } from "../home/when";
import { keep, kept } from "./kept";
import "../after/after.css";

export default function Slip({ id = "" }: { id?: string }) {
  useTitle(t("after.slip"));
  return (
    <div class="after slip">
      <header>
        <h1>{t("after.slip")}</h1>
        <span class="grow" />
        <LangButton />
      </header>
      <main>{/^\d{8}$/.test(id) ? <Open code={id} /> : id ? <Back receipt={id} /> : <Enter />}</main>
    </div>
  );
}

function Enter() {
  const [code, setCode] = useState("");
  const mine = kept();
  return (
    <>
      <form
        class="card set"
        onSubmit={(event) => {
          event.preventDefault();
          go(`/slip/${code}`);
        }}
      >
        <label class="field">
          <span>{t("after.slip.code")}</span>
          <input
            class="input digits code"
            inputMode="numeric"
            autocomplete="off"
            pattern="\d{8}"
            maxLength={8}
            value={code}
            onInput={(event) => setCode(event.currentTarget.value.replace(/\D/g, ""))}
          />
        </label>
        <button class="button main" type="submit" disabled={code.length !== 8}>
          {t("after.slip.enter")}
        </button>
      </form>
      {mine.length > 0 && (
        <section>
          <h2>{t("after.slip.mine")}</h2>
          {mine.map((one) => (
            <a key={one.receipt} class="button" href={`/slip/${one.receipt}`}>
              {one.title} · {one.pupil}
            </a>
          ))}
        </section>
      )}
    </>
  );
}

function Open({ code }: { code: string }) {
  const [told, setTold] = useState<Told | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    get<Told>(`/api/slips/${code}`).then(setTold, (error) => setProblem(wordsOf(error)));
  }, [code]);
  if (problem) return <Broken words={problem} />;
  if (!told) return null;
  return (
    <>
      <Task told={told} />
      <HandIn
        path={`/api/slips/${code}`}
        pupils={[]}
        school=""
        done={({ receipt }, pupil, school) => {
          keep({ receipt, code, pupil, school, title: told.title });
          go(`/slip/${receipt}`);
        }}
      />
    </>
  );
}

function Back({ receipt }: { receipt: string }) {
  const [back, setBack] = useState<{ slip: Told; code: string; work: Work } | null>(null);
  const [again, setAgain] = useState(false);
  const [problem, setProblem] = useState("");
  function look(): void {
    get<typeof back>(`/api/receipts/${receipt}`).then(setBack, (error) => setProblem(wordsOf(error)));
  }
  useEffect(look, [receipt]);
  if (problem) return <Broken words={problem} />;
  if (!back) return null;
  const { slip, work, code } = back;
  return (
    <>
      <Task told={slip} />
      <h2>{t("after.sheet", { name: work.pupil })}</h2>
      {again ? (
        <HandIn
          path={`/api/slips/${code}`}
          pupils={[]}
          school={work.school}
          pupil={work.pupil}
          receipt={receipt}
          done={() => {
            setAgain(false);
            look();
          }}
        />
      ) : (
        <Reading work={work} picture={`/api/receipts/${receipt}/picture?${work.handed_at}`} />
      )}
      {!work.returned_at && !again && (
        <>
          <p class="small">
            {t("after.slip.keep")} <strong class="address">{location.href}</strong>
          </p>
          <button class="button" type="button" onClick={() => setAgain(true)}>
            {t("after.hand.again")}
          </button>
        </>
      )}
    </>
  );
}

function Task({ told }: { told: Told }) {
  return (
    <section class="card task">
      <h2>{[told.title, told.subject].filter(Boolean).join(" · ")}</h2>
      <p class="task-text">{told.text}</p>
      <p class="small quiet-text">
        {t("after.slip.by", { teacher: told.teacher, when: when(told.due) })}
      </p>
    </section>
  );
}

function Broken({ words }: { words: string }) {
  return (
    <>
      <p class="band danger" role="alert">
        {words}
      </p>
      <a class="button" href="/slip">
        {t("after.slip.back")}
      </a>
    </>
  );
}

