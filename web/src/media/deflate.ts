// Raw deflate (RFC 1951): for offers and answers, of which 124 KB become a few (measured), and the archive.

export function deflate(text: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return through(bytes, new CompressionStream("deflate-raw"));
}

export async function inflate(bytes: Uint8Array): Promise<string> {
  return new TextDecoder().decode(await inflated(bytes));
}

export function inflated(bytes: Uint8Array): Promise<Uint8Array> {
  return through(bytes, new DecompressionStream("deflate-raw"));
}

async function through(
  bytes: Uint8Array,
  filter: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(filter);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
