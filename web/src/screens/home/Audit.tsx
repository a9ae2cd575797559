// An admin's view of the audit log, newest first.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { codeOf, get } from "./api";
import { when } from "./when";

interface Note {
  wall: number; // Unix seconds
  who: string;
  act: string;
  what: string;
}

export function Audit() {
  const [notes, setNotes] = useState<Note[] | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    get<{ notes: Note[] }>("/api/audit").then(
      (found) => setNotes(found.notes),
      (error) => setProblem(t(codeOf(error) === "offline" ? "error.offline" : "error.unknown")),
    );
  }, []);
  return (
    <section>
      <h2>{t("home.audit")}</h2>
      {problem && (
        <p class="band danger" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
      {notes?.length === 0 && <p class="none quiet-text">{t("audit.none")}</p>}
      {notes && notes.length > 0 && <Table notes={notes} />}
    </section>
  );
}

function Table({ notes }: { notes: Note[] }) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{t("audit.when")}</th>
          <th>{t("audit.who")}</th>
          <th>{t("audit.act")}</th>
          <th>{t("audit.what")}</th>
        </tr>
      </thead>
      <tbody>
        {notes.map(({ wall, who, act, what }, i) => (
          <tr key={i}>
            <td class="quiet-text">{when(wall)}</td>
            <td>{who}</td>
            <td>{act}</td>
            <td class="quiet-text">{what}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
