// The page of a packed lesson: the replay, out of the file that the page itself is.
import "../i18n/staff";
import "../style/tokens.css";
import { render } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n";
import Replay from "../screens/replay/Replay";
import { Choose } from "./Choose";
import { taken } from "./kept";
import { type Lesson, opened } from "./source";
import "./packed.css";

function App({ lesson, begins }: { lesson: Lesson; begins: number }) {
  const [complete, setComplete] = useState(lesson.complete);
  return (
    <>
      <Replay key={String(complete)} source={lesson} />
      {!complete && <Choose lesson={lesson} begins={begins} done={() => setComplete(true)} />}
    </>
  );
}

async function start(app: HTMLElement): Promise<void> {
  app.replaceChildren(); // what said that it is being opened
  try {
    const { file, begins } = taken();
    const lesson = await opened(file, 0);
    render(<App lesson={lesson} begins={begins} />, app);
  } catch {
    render(<p class="band danger">{t("packed.broken")}</p>, app);
  }
}

void start(document.getElementById("app") as HTMLElement);
