import { randomBytes } from "node:crypto";

import type { MjmlNode } from "./mjml";
import { join } from "./parts";
import type { Part } from "./slots";

/** What stands in a place of the layout: said for each copy, or the beginning, middle or end of a choice between blocks. */
export type Place = Part | { condition: number | null; at: "open" | "next" | "close" };

/** Collects what goes into the places of a layout; the names of the places are safe anywhere in HTML. */
export class Places {
  readonly #nonce = randomBytes(6).toString("hex");
  readonly #found: Place[] = [];

  /** A name that stands for the part until the MJML is HTML. */
  put(place: Place): string {
    return `rb${this.#nonce}x${this.#found.push(place) - 1}x`;
  }

  /** The HTML with everything in its place. */
  fill(html: string): Part {
    const pieces = html.split(new RegExp(`rb${this.#nonce}x(\\d+)x`));
    const stream = pieces.flatMap((piece, nth): Place[] => {
      const place = nth % 2 === 1 ? this.#found[Number(piece)] : piece;
      return place === undefined || place === "" ? [] : [place];
    });
    return join(nestPlaces(stream));
  }
}

type Branch = { condition: number | null; parts: Part[] };

function nestPlaces(stream: Place[]): Part[] {
  const outermost: Part[] = [];
  const open: Branch[][] = [];
  const here = (): Part[] => open.at(-1)?.at(-1)?.parts ?? outermost;
  for (const place of stream) {
    if (typeof place !== "object") here().push(place);
    else if (place.at === "open") open.push([{ condition: place.condition, parts: [] }]);
    else if (place.at === "next") open.at(-1)?.push({ condition: place.condition, parts: [] });
    else {
      const branches = (open.pop() ?? []).map(({ condition, parts }) => ({ condition, say: join(parts) }));
      here().push((slots) => {
        for (const { condition, say } of branches)
          if (condition === null || slots.holds(condition)) return say(slots);
        return "";
      });
    }
  }
  return outermost;
}

export const FONT =
  "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans','Noto Sans Devanagari','Nirmala UI',Arial,sans-serif";

/** Colours by day, inline, and by night, in a rule for the programs that follow it. */
export const day = {
  page: "#f3f5f9",
  card: "#ffffff",
  line: "#e2e7f0",
  ink: "#1b2433",
  quiet: "#5b6678",
} as const;
export const night = {
  page: "#0b0f17",
  card: "#151b26",
  line: "#2a3342",
  ink: "#e6eaf2",
  quiet: "#9aa5b8",
} as const;

const STYLE = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
.rb-text p{margin:0}
.rb-text ul,.rb-text ol{margin:0;padding:0 0 0 24px}
.rb-text li{margin:4px 0}
@media (max-width:620px){.rb-card>table>tbody>tr>td{padding-left:0!important;padding-right:0!important}.rb-outer{padding:0!important}.rb-button table,.rb-button td,.rb-button a{width:100%!important;box-sizing:border-box}}
@media (prefers-color-scheme:dark){.rb-page,.rb-page>div{background:${night.page}!important;background-color:${night.page}!important}.rb-card,.rb-card>table{background:${night.card}!important;background-color:${night.card}!important}.rb-card,.rb-card>table,.rb-card>table>tbody>tr>td{border-color:${night.line}!important}.rb-text div,.rb-text p,.rb-text li,.rb-name div{color:${night.ink}!important}.rb-quiet div,.rb-quiet a{color:${night.quiet}!important}.rb-rule p{border-top-color:${night.line}!important}}
`.trim();

export type Layout = {
  language: string;
  rightToLeft: boolean;
  title: Part;
  preheader: Part | null;
  body: MjmlNode[];
};

/**
 * The one branded, responsive layout: the accent as a stripe, logo or name, the message, and at the foot who sends it and the
 * way out. Light and dark, wide and phone. What depends on the copy goes into `places`.
 */
export function layoutOf(places: Places, message: Layout, brand: BrandParts): MjmlNode {
  const { title, preheader, language, rightToLeft } = message;
  return node("mjml", { lang: language, dir: rightToLeft ? "rtl" : "ltr" }, [
    node("mj-head", {}, [
      leaf("mj-title", {}, places.put(title)),
      ...(preheader === null ? [] : [leaf("mj-preview", {}, places.put(preheader))]),
      leaf("mj-breakpoint", { width: "620px" }),
      node("mj-attributes", {}, [
        leaf("mj-all", { "font-family": FONT }),
        leaf("mj-text", { color: day.ink, "font-size": "16px", "line-height": "1.6", padding: "8px 40px" }),
      ]),
      leaf(
        "mj-raw",
        {},
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no">',
      ),
      leaf("mj-style", {}, STYLE),
      leaf("mj-style", {}, places.put(brand.style)),
    ]),
    node("mj-body", { "background-color": day.page, width: "600px", "css-class": "rb-page" }, [
      node("mj-wrapper", { "css-class": "rb-outer", padding: "32px 0" }, [
        node("mj-section", { "css-class": "rb-card", ...card, padding: "0 0 16px" }, [
          node("mj-column", {}, [
            leaf("mj-raw", {}, places.put(brand.stripe)),
            leaf("mj-raw", {}, places.put(brand.head)),
            ...message.body,
            leaf("mj-divider", {
              "border-width": "1px",
              "border-color": day.line,
              padding: "24px 40px 12px",
              "css-class": "rb-rule",
            }),
            leaf(
              "mj-text",
              { "css-class": "rb-quiet", color: day.quiet, "font-size": "13px", padding: "0 40px 12px" },
              places.put(brand.foot),
            ),
            leaf("mj-raw", {}, places.put(brand.pixel)),
          ]),
        ]),
      ]),
    ]),
  ]);
}

const card = {
  "background-color": day.card,
  border: `1px solid ${day.line}`,
  "border-radius": "12px",
} as const;

/** What the workspace's branding and the copy's links make of the layout. */
export type BrandParts = { style: Part; stripe: Part; head: Part; foot: Part; pixel: Part };

const node = (tagName: string, attributes: Record<string, string>, children: MjmlNode[]): MjmlNode => ({
  tagName,
  attributes,
  children,
});
export const leaf = (tagName: string, attributes: Record<string, string>, content?: string): MjmlNode => ({
  tagName,
  attributes,
  ...(content === undefined ? { children: [] } : { content }),
});
