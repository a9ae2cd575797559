// A teacher makes a lesson: two words and one button, then the console opens.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { go } from "../../router";
import { Icon } from "../../style/Icon";
import { type Card, codeOf, post } from "./api";

export function NewLesson() {
  const [title, setTitle] = useState("");
  const [subject, setSubject] = useState("");
  const [problem, setProblem] = useState("");

  async function make(event: Event) {
    event.preventDefault();
    if (!title.trim()) return setProblem(t("home.new.error.title"));
    try {
      const fields = { title: title.trim(), subject: subject.trim() };
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
