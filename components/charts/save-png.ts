/** What of a shape's look stands in the page's styles and must travel with the picture. */
const looks = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "fill-opacity",
  "font-size",
  "font-family",
  "font-weight",
  "text-anchor",
  "visibility",
];
const MARGIN = 16;
const HEAD = 44;
/** Sharp on paper and on dense screens. */
const SCALE = 2;

/** Copies a drawing with its looks, so that it is the same without the page. */
function standalone(svg: SVGSVGElement): Drawing {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const to = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  for (const [nth, element] of from.entries()) {
    const style = getComputedStyle(element);
    for (const look of looks) to[nth]?.style.setProperty(look, style.getPropertyValue(look));
    to[nth]?.removeAttribute("class");
  }
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

type Picture = {
  title: string;
  legend: readonly { label: string; colour: string }[];
  /** A drawing that stands alone; absent: the one inside the box. */
  drawing?: Drawing;
};
/** SVG text, and its size in pixels. */
export type Drawing = { text: string; width: number; height: number };

/** Saves a drawing as a PNG with its title and legend, in the colours of `box`. Does nothing while there is no drawing. */
export async function savePng(box: HTMLElement, { title, legend, drawing }: Picture): Promise<void> {
  const svg = box.querySelector<SVGSVGElement>("svg.recharts-surface");
  const drawn = drawing ?? (svg ? standalone(svg) : null);
  if (!drawn) return;
  const { text, width, height } = drawn;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = (width + 2 * MARGIN) * SCALE;
  canvas.height = (height + HEAD + 2 * MARGIN) * SCALE;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const page = getComputedStyle(box);
  pen.scale(SCALE, SCALE);
  pen.fillStyle = backgroundOf(box);
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = page.color;
  pen.font = `500 14px ${page.fontFamily}`;
  pen.fillText(title, MARGIN, MARGIN + 12);
  pen.font = `12px ${page.fontFamily}`;
  let at = MARGIN;
  for (const { label, colour } of legend) {
    pen.fillStyle = colour;
    pen.fillRect(at, MARGIN + 22, 8, 8);
    pen.fillStyle = page.color;
    pen.fillText(label, at + 12, MARGIN + 30);
    at += pen.measureText(label).width + 28;
  }
  pen.drawImage(image, MARGIN, MARGIN + HEAD, width, height);
  const link = document.createElement("a");
  link.download = `${title.replace(/[^\w.-]+/g, "-").toLowerCase()}.png`;
  link.href = canvas.toDataURL("image/png");
  link.click();
}

function backgroundOf(element: HTMLElement): string {
  for (let at: HTMLElement | null = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (backgroundColor !== "rgba(0, 0, 0, 0)" && backgroundColor !== "transparent") return backgroundColor;
  }
  return "white";
}
