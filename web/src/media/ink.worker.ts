// Beside the page: reads the ink out of received voice and passes every packet on untouched.
import { batchesIn, Fresh } from "./bundle";

interface Frame {
  data: ArrayBuffer;
  getMetadata(): { mimeType?: string };
}

interface Transformer {
  readable: ReadableStream<Frame>;
  writable: WritableStream<Frame>;
}

const scope = self as unknown as {
  onrtctransform: (event: { transformer: Transformer }) => void;
  postMessage(message: unknown): void;
};
const fresh = new Fresh();

function read(frame: Frame): void {
  const red = /red$/i.test(frame.getMetadata().mimeType ?? "");
  for (const batch of batchesIn(new Uint8Array(frame.data), red)) {
    if (fresh.is(batch[0])) scope.postMessage(batch);
  }
}

scope.onrtctransform = ({ transformer }) => {
  const pass = new TransformStream<Frame, Frame>({
    transform(frame, out) {
      try {
        read(frame);
      } catch {
        // a packet that is not read must still be heard: one throw silences the stream for good
      }
      out.enqueue(frame);
    },
  });
  void transformer.readable.pipeThrough(pass).pipeTo(transformer.writable);
};
