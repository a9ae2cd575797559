// One plot: bars for rooms beside one another, or a line over time; the table beside it says the same.
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

interface Props {
  /** What it shows, for whoever does not see it. */
  label: string;
  /** Of bars; a line has times (Unix seconds) in their place. */
  names: readonly string[] | null;
  times?: readonly number[];
  values: readonly number[];
}

const HEIGHT = 240;

export function Plot({ label, names, times, values }: Props) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const x = names ? names.map((_, n) => n) : [...(times ?? [])];
    const plot = new uPlot(settings(element, label, names), [x, [...values]], element);
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [label, names, times, values]);
  return <div ref={host} class="plot" role="img" aria-label={label} />;
}

function settings(element: HTMLElement, label: string, names: readonly string[] | null): uPlot.Options {
  const style = getComputedStyle(element);
  const [accent, quiet, line] = ["--accent", "--quiet", "--line"].map((n) => style.getPropertyValue(n).trim());
  const axis = { stroke: quiet, grid: { stroke: line, width: 1 }, ticks: { stroke: line } };
  const font = `14px ${style.fontFamily}`;
  return {
    width: element.clientWidth,
    height: HEIGHT,
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: names ? { time: false, range: [-0.6, names.length - 0.4] } : { time: true },
      y: { range: (_, __, most) => [0, Math.max(1, most * 1.15)] },
    },
    axes: [
      names
        ? {
            ...axis,
            font,
            grid: { show: false },
            splits: () => names.map((_, n) => n),
            values: (_, at) => at.map((n) => names[n] ?? ""),
          }
        : { ...axis, font, values: (_, at) => at.map(day) },
      { ...axis, font, values: (_, at) => at.map((n) => (Number.isInteger(n) ? `${n}` : "")) },
    ],
    series: [
      {},
      names
        ? {
            label,
            fill: accent,
            stroke: accent,
            paths: uPlot.paths.bars?.({ size: [0.5, 80] }),
            points: { show: false },
          }
        : { label, stroke: accent, width: 3, points: { show: true, size: 10, fill: accent } },
    ],
  };
}

const day = (at: number) => {
  const date = new Date(at * 1000);
  return `${date.getMonth() + 1}/${date.getDate()}`;
};
