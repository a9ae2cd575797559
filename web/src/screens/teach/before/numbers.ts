// Pages as people write them, "1-3, 7", as numbers in that order.
export function numbersIn(text: string, most: number): number[] {
  const found: number[] = [];
  for (const [, from, to] of text.matchAll(/(\d+)(?:\s*[-–—~至到]\s*(\d+))?/g)) {
    const [first, last] = [Number(from), Math.min(most, Number(to ?? from))];
    for (let n = first; n <= last; n++) if (n >= 1 && !found.includes(n)) found.push(n);
  }
  return found;
}
