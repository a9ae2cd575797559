// Reads the outlines of a formula: numbers, as the page that set it has packed them.

export const EM = 1000; // units of the outlines to the height of the letters
export const LONGEST = 16_384; // bytes, as the lesson has it
export const LETTERS = "MLQCZ";
export const PAIRS = [1, 1, 2, 3, 0]; // of numbers, for each letter

export interface Piece {
  /** The width of a line along the path; 0: the path is filled. */
  line: number;
  path: string;
}

/** What has no outline: words in the system's font, from here on their base line. */
export interface Said {
  x: number;
  y: number;
  size: number;
  text: string;
}

/** From the upper left corner, y downwards. */
export interface Outline {
  width: number;
  height: number;
  pieces: Piece[];
  words: Said[];
}

export function read(packed: Uint8Array): Outline {
  const numbers = new Numbers(packed);
  const outline: Outline = { width: numbers.count(), height: numbers.count(), pieces: [], words: [] };
  while (numbers.more) {
    const kind = numbers.count();
    if (kind) outline.pieces.push({ line: kind - 1, path: numbers.path() });
    else outline.words.push(numbers.said());
  }
  return outline;
}

class Numbers {
  private at = 0;
  private x = 0;
  private y = 0;

  constructor(private readonly packed: Uint8Array) {}

  get more(): boolean {
    return this.at < this.packed.length;
  }

  count(): number {
    let value = 0;
    for (let bits = 0; this.more; bits += 7) {
      const byte = this.packed[this.at++];
      value |= (byte & 0x7f) << bits;
      if (byte < 0x80) break;
    }
    return value;
  }

  path(): string {
    let path = "";
    for (let run = this.count(); run; run = this.count()) {
      const letter = (run - 1) % LETTERS.length;
      const times = PAIRS[letter] ? Math.ceil(run / LETTERS.length) : 1;
      for (let n = 0; n < times && (this.more || n === 0); n++) {
        const spots = Array.from({ length: PAIRS[letter] }, () => this.move());
        path += LETTERS[letter] + spots.join(" ");
      }
    }
    return path;
  }

  said(): Said {
    this.move();
    const [size, length] = [this.count(), this.count()];
    const text = new TextDecoder().decode(this.packed.subarray(this.at, this.at + length));
    this.at += length;
    return { x: this.x, y: this.y, size, text };
  }

  /** Every spot is told from the one before. */
  private move(): string {
    this.x += this.signed();
    this.y += this.signed();
    return `${this.x} ${this.y}`;
  }

  private signed(): number {
    const value = this.count();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }
}
