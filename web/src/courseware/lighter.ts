// Makes a photograph light enough for the line of a village before it is sent.

const LIGHT = 150_000; // bytes: twenty seconds on 64 kbit/s, and drawings that are sharp to the pixel
const LONGEST_SIDE = 1280; // pixels: two thirds of the board, as wide as a picture is put there
const QUALITY = 0.7; // a page of an exercise book stays easy to read: about 100 kB
const KINDS = ["image/webp", "image/jpeg"]; // Safari writes no WebP, and says so by writing PNG

/** The picture smaller, or as it is where that is light already or cannot be read here. */
export async function lighter(file: File): Promise<File> {
  if (file.size <= LIGHT) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const ctx = canvas.getContext("2d");
  if (!ctx) return file;
  ctx.fillStyle = "#fff"; // a JPEG has no holes to see through
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const kind of KINDS) {
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, kind, QUALITY));
    if (made?.type === kind && made.size < file.size) return new File([made], file.name);
  }
  return file;
}
