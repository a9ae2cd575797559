// What went wrong, where something did.
export function Problem({ words }: { words: string }) {
  if (!words) return null;
  return (
    <p class="band danger" role="alert">
      {words}
    </p>
  );
}
