// Of a long lesson a page reads the board only: voice and picture come when the file is chosen again.
import { useState } from "preact/hooks";
import { type Key, t } from "../i18n";
import { codeOf } from "../screens/home/api";
import { Icon } from "../style/Icon";
import { type Lesson, opened } from "./source";

interface Props {
  lesson: Lesson;
  begins: number;
  done: () => void;
}

export function Choose({ lesson, begins, done }: Props) {
  const [words, setWords] = useState<Key>("packed.choose");

  async function choose(file: File | undefined): Promise<void> {
    if (!file) return;
    try {
      await lesson.replaceBy(await opened(file, begins));
      done();
    } catch (error) {
      setWords(codeOf(error) === "cut" ? "packed.broken" : "packed.another");
    }
  }

  return (
    <label
      class="choose band"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void choose(event.dataTransfer?.files[0]);
      }}
    >
      <Icon name="volume" />
      <span class="grow" role="status">
        {t(words)}
      </span>
      <input
        type="file"
        accept=".html"
        onChange={(event) => void choose(event.currentTarget.files?.[0])}
      />
    </label>
  );
}
