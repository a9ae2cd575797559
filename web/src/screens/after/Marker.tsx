// The teacher marks one work in ink on top, with a mark and a remark, and returns it.
import { useEffect, useMemo, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Ink } from "../../wire.gen";
import { asking, post } from "../home/api";
import { penOf, Pens } from "./Pens";
import { Sheet } from "./Sheet";
import { inkOf, strokeOf, type Work, wordsOf } from "./after";

interface Props {
  id: string;
  /** Null where this is the last that is not marked. */
  next: (() => void) | null;
  close: () => void;
}

export function Marker({ id, next, close }: Props) {
  const [work, setWork] = useState<Work | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    return asking<Work>(`/api/works/${id}`, setWork, (error) => setProblem(wordsOf(error)));
  }, [id]);
  if (problem) return <p class="band danger" role="alert">{problem}</p>;
  return work?.id === id ? <Desk key={work.id} first={work} next={next} close={close} /> : null;
}

function Desk({ first, next, close }: { first: Work; next: (() => void) | null; close: () => void }) {
  const [work, setWork] = useState(first);
  const [marks, setMarks] = useState<readonly Ink[]>(() => first.marks.map(inkOf));
  const [colour, setColour] = useState(1);
  const [mark, setMark] = useState(first.mark);
  const [remark, setRemark] = useState(first.remark);
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState("");
  const handed = useMemo(() => first.ink.map(inkOf), [first]);
  const { width, height, text, version } = work;
  const picture = work.kind === "photo" ? `/api/works/${work.id}/picture` : "";

  async function save(back: boolean): Promise<void> {
    setProblem("");
    const body = { version, marks: marks.map(strokeOf), mark, remark, back };
    try {
      setWork(await post<Work>(`/api/works/${work.id}/marks`, body));
      setSaid(t(back ? "after.mark.returned" : "after.mark.saved"));
    } catch (error) {
      setProblem(wordsOf(error));
    }
  }

  return (
    <section class="marker">
      <div class="row wrap">
        <button class="button quiet" type="button" onClick={close}>
          <Icon name="chevron-left" size={20} />
          {t("common.back")}
        </button>
        <h2 class="grow">
          {work.pupil} <span class="quiet-text">{work.school}</span>
        </h2>
        {next && (
          <button class="button" type="button" onClick={next}>
            {t("after.mark.next")}
            <Icon name="chevron-right" size={20} />
          </button>
        )}
      </div>
      <div class="reading">
        <Sheet
          sheet={{ width, height, text, picture, ink: [...handed, ...marks] }}
          label={t("after.sheet", { name: work.pupil })}
          pen={penOf(colour)}
          wrote={(ink) => setMarks((all) => [...all, ink])}
        />
        <aside>
          <Pens
            colour={colour}
            choose={setColour}
            undo={() => setMarks(marks.slice(0, -1))}
            written={marks.length}
          />
          <label class="field">
            <span>{t("after.mark")}</span>
            <input
              class="input"
              maxLength={12}
              placeholder={t("after.mark.example")}
              value={mark}
              onInput={(event) => setMark(event.currentTarget.value)}
            />
          </label>
          <label class="field">
            <span>{t("after.remark")}</span>
            <textarea
              class="input"
              rows={4}
              maxLength={500}
              value={remark}
              onInput={(event) => setRemark(event.currentTarget.value)}
            />
          </label>
          {problem && <p class="band danger" role="alert">{problem}</p>}
          {said && <p class="band" role="status">{said}</p>}
          <button class="button main" type="button" onClick={() => void save(true)}>
            {t("after.mark.back")}
          </button>
          <button class="button" type="button" onClick={() => void save(false)}>
            {t("after.mark.save")}
          </button>
        </aside>
      </div>
    </section>
  );
}
