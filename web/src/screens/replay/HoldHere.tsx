// On the page of a lesson's replay: an admin holds it, so that nobody can erase it.
import { useEffect, useState } from "preact/hooks";
import { Hold } from "../home/Hold";
import { me } from "../home/api";

export function HoldHere({ lesson, held }: { lesson: string; held: boolean }) {
  const [may, setMay] = useState(false);
  useEffect(() => {
    me().then(
      (account) => setMay(account?.role === "admin"),
      () => undefined, // without a line nothing can be held either
    );
  }, []);
  return may ? <Hold lesson={lesson} held={held} words /> : null;
}
