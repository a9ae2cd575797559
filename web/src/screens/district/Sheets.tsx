// CSV in and out: a dry run that names every bad line, and a bar while lines come in.
import { useState } from "preact/hooks";
import { t, tOr } from "../../i18n";
import { Icon } from "../../style/Icon";
import { refusal } from "../home/api";
import { wordsOf } from "./district";

const SHEETS = ["schools", "classrooms", "people", "timetable"] as const;
type Sheet = (typeof SHEETS)[number];

interface Report {
  done: number;
  of: number;
  faults: { line: number; code: string; message: string }[];
  more: number;
  taken: boolean;
}

export function Sheets({ school, changed }: { school: string; changed: () => void }) {
  const [sheet, setSheet] = useState<Sheet>(school ? "people" : "schools");
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  async function bring(given: File, dry: boolean) {
    setBusy(true);
    setProblem("");
    try {
      const last = await sent(`/api/sheets/${sheet}${dry ? "?dry=1" : ""}`, given, setReport);
      if (last?.taken) {
        setFile(null);
        changed();
      }
    } catch (error) {
      setReport(null);
      setProblem(wordsOf(error));
    }
    setBusy(false);
  }
  function chosen(input: HTMLInputElement) {
    const given = input.files?.[0] ?? null;
    input.value = "";
    setFile(given);
    if (given) void bring(given, true);
  }
  const clean = report && report.of > 0 && report.faults.length === 0;
  const out = `/api/sheets/${sheet}${school ? `?school=${encodeURIComponent(school)}` : ""}`;
  return (
    <div class="sheets">
      <div class="row wrap">
        <select
          class="input"
          aria-label={t("district.sheets")}
          value={sheet}
          onChange={(event) => {
            setSheet(event.currentTarget.value as Sheet);
            setReport(null);
            setFile(null);
          }}
        >
          {SHEETS.map((one) => (
            <option key={one} value={one}>
              {t(`district.sheet.${one}`)}
            </option>
          ))}
        </select>
        <a class="button" href={out} download>
          <Icon name="download" size={20} />
          {t("district.sheet.take")}
        </a>
        <label class="button" aria-busy={busy}>
          <Icon name="plus" size={20} />
          {t("district.sheet.choose")}
          <input
            class="said-only"
            type="file"
            accept=".csv"
            disabled={busy}
            onChange={(event) => chosen(event.currentTarget)}
          />
        </label>
        {file && clean && !report.taken && (
          <button class="button main" type="button" disabled={busy} onClick={() => void bring(file, false)}>
            {t("district.sheet.bring", { n: report.of })}
          </button>
        )}
      </div>
      <p class="quiet-text">{t("district.sheet.how")}</p>
      {problem && (
        <p class="band danger" role="alert">
          {problem}
        </p>
      )}
      {busy && report && <progress max={report.of || undefined} value={report.of ? report.done : undefined} />}
      {report && !busy && <Told report={report} name={file?.name ?? ""} />}
    </div>
  );
}

function Told({ report, name }: { report: Report; name: string }) {
  const bad = report.faults.length + report.more;
  if (!bad) {
    const words = t(report.taken ? "district.sheet.taken" : "district.sheet.clean", { n: report.of, name });
    return (
      <p class="band" role="status">
        <Icon name="check" />
        {words}
      </p>
    );
  }
  return (
    <>
      <p class="band danger" role="alert">
        <Icon name="alert" />
        {t("district.sheet.bad", { n: bad, name })}
      </p>
      <table class="table">
        <tbody>
          {report.faults.map(({ line, code, message }, n) => (
            <tr key={n}>
              <th scope="row">{line > 0 ? t("district.sheet.line", { line }) : ""}</th>
              <td>{tOr(`district.fault.${code}`, "district.fault", { code })}</td>
              <td class="quiet-text">{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {report.more > 0 && <p class="quiet-text">{t("district.sheet.more", { n: report.more })}</p>}
    </>
  );
}

/** Sends the file as it is, whatever its encoding, and tells each report as it comes. */
async function sent(path: string, file: File, tell: (report: Report) => void): Promise<Report | null> {
  const headers = { "Content-Type": "text/csv" };
  const response = await fetch(path, { method: "POST", headers, body: file });
  if (!response.ok || !response.body) throw await refusal(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let last: Report | null = null;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return last;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) tell((last = JSON.parse(line) as Report));
  }
}
