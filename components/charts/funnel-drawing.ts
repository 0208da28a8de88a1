import type { Drawing } from "./save-png";

const WIDTH = 640;
const ROW = 36;
const LABEL = 120;
const FIGURES = 170;

type Row = { label: string; value: number; text: string; below: string };

const escaped = (text: string): string => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A funnel as a drawing of its own: bars from zero, measured against the largest. */
export function funnelDrawing(
  rows: readonly Row[],
  look: { text: string; font: string; colour: string },
): Drawing {
  const most = Math.max(...rows.map(({ value }) => value), 1);
  const span = WIDTH - LABEL - FIGURES;
  const height = rows.length * ROW;
  const parts = rows.map(({ label, value, text, below }, nth) => {
    const y = nth * ROW;
    const width = Math.round((value / most) * span);
    return `<text x="0" y="${y + 20}">${escaped(label)}</text>
<rect x="${LABEL}" y="${y + 4}" width="${width}" height="24" rx="2" fill="${escaped(look.colour)}"/>
<text x="${WIDTH}" y="${y + 15}" text-anchor="end" font-weight="500">${escaped(text)}</text>
<text x="${WIDTH}" y="${y + 29}" text-anchor="end" font-size="11" opacity="0.75">${escaped(below)}</text>`;
  });
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" fill="${escaped(look.text)}" font-family="${escaped(look.font)}" font-size="13">${parts.join("\n")}</svg>`;
  return { text, width: WIDTH, height };
}
