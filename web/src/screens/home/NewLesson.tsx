// A teacher makes a lesson: two words and one button, then the console opens.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { KINDS } from "../courses/courses";
import { type Card, codeOf, post } from "./api";

export function NewLesson() {
  const [title, setTitle] = useState("");
  const [subject, setSubject] = useState("");
  const [kind, setKind] = useState("");
  const [problem, setProblem] = useState("");

  async function make(event: Event) {
    event.preventDefault();
    if (!title.trim()) return setProblem(t("home.new.error.title"));
    try {
      const fields = { title: title.trim(), subject: subject.trim(), kind };
      const card = await post<Card>("/api/lessons", fields);
      go(`/teach/${card.id}`);
    } catch (error) {
      setProblem(t(codeOf(error) === "offline" ? "error.offline" : "error.unknown"));
    }
  }

  return (
    <form class="card new-lesson" onSubmit={make}>
      <h2>{t("home.new")}</h2>
      <label class="field grow">
        <span>{t("home.new.title")}</span>
        <input
          class="input"
          maxLength={80}
          placeholder={t("home.new.title.example")}
          value={title}
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{t("home.new.subject")}</span>
        <input
          class="input"
          maxLength={40}
          placeholder={t("home.new.subject.example")}
          value={subject}
          onInput={(event) => setSubject(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{t("district.slot.kind")}</span>
        <select class="input" value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
          <option value="">{t("home.new.no-kind")}</option>
          {KINDS.filter((one) => one !== "library").map((one) => (
            <option key={one} value={one}>
              {t(`district.kind.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <button class="button main" type="submit">
        <Icon name="plus" size={20} />
        {t("home.new.go")}
      </button>
      {problem && (
        <p class="band danger" role="alert">
          <Icon name="alert" />
          {problem}
        </p>
      )}
    </form>
  );
}
