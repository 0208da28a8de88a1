import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Theme = "light" | "dark";
type Rgb = readonly [number, number, number];

const source = readFileSync(new URL("../../app/tokens.css", import.meta.url), "utf8");

function token(name: string, theme: Theme): Rgb {
  const [, value = ""] = new RegExp(`--color-${name}: ([^;]+);`, "u").exec(source) ?? [];
  const hex = value.match(/#[0-9a-f]{6}/gu) ?? [];
  const chosen = (theme === "dark" ? hex.at(-1) : hex.at(0)) ?? "";
  if (!chosen) throw new Error(`There is no colour ${name}`);
  return [1, 3, 5].map((start) => Number.parseInt(chosen.slice(start, start + 2), 16)) as unknown as Rgb;
}

function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** WCAG 2.2: (lighter + 0.05) / (darker + 0.05). */
function contrast(one: Rgb, other: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

// Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light.
const blindness = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

function seenBy(kind: keyof typeof blindness, colour: Rgb): Rgb {
  const [red, green, blue] = [linear(colour[0]), linear(colour[1]), linear(colour[2])];
  const m = blindness[kind];
  const row = (at: 0 | 3 | 6) =>
    Math.min(1, Math.max(0, m[at] * red + (m[(at + 1) as 1] ?? 0) * green + (m[(at + 2) as 2] ?? 0) * blue));
  return [row(0), row(3), row(6)];
}

/** CIE76 distance of two linear-light colours; above about 10 nobody confuses two bars. */
function distance(one: Rgb, other: Rgb): number {
  const lab = ([r, g, b]: Rgb) => {
    const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
    const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
  const [first, second] = [lab(one), lab(other)];
  return Math.hypot(...first.map((value, index) => value - (second[index] ?? 0)));
}

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  it.each(["canvas", "surface", "raised", "subtle", "hover", "pressed"])(
    "text can be read on %s",
    (surface) => {
      for (const text of ["ink", "muted", "faint"])
        expect(contrast(token(text, theme), token(surface, theme)), text).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(["accent-ink", "good", "attention", "danger", "information"])("%s can be read on pages", (text) => {
    for (const surface of ["canvas", "surface", "raised", "hover", "pressed"])
      expect(contrast(token(text, theme), token(surface, theme)), surface).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["good", "attention", "danger", "information"])("%s and text can be read on its tint", (tone) => {
    const tint = token(`${tone}-soft`, theme);
    for (const text of [tone, "ink"])
      expect(contrast(token(text, theme), tint), text).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["accent-ink", "ink", "muted"])("%s can be read on a chosen row", (text) => {
    expect(contrast(token(text, theme), token("accent-soft", theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["accent", "accent-hover", "danger-solid", "danger-hover"])("white can be read on %s", (fill) => {
    expect(contrast(token("white", theme), token(fill, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it("boxes to tick and bars stand out from the page", () => {
    for (const shape of [
      "control",
      "accent",
      "good-solid",
      "attention-solid",
      "danger-solid",
      "information-solid",
    ])
      expect(contrast(token(shape, theme), token("surface", theme)), shape).toBeGreaterThanOrEqual(3);
  });

  it.each(["protanopia", "deuteranopia", "tritanopia"] as const)(
    "no two series look alike with %s",
    (kind) => {
      const series = Array.from({ length: 6 }, (_, index) =>
        seenBy(kind, token(`chart-${index + 1}`, theme)),
      );
      series.forEach((one, at) => {
        for (const other of series.slice(at + 1))
          expect(distance(one, other), `series ${at + 1} and ${series.indexOf(other) + 1}`).toBeGreaterThan(
            10,
          );
      });
    },
  );
});

describe("previews of phones", () => {
  it.each(["day", "night"])("can be read by %s", (time) => {
    for (const text of ["ink", "quiet", "link"])
      expect(
        contrast(token(`phone-${time}-${text}`, "light"), token(`phone-${time}-bubble`, "light")),
      ).toBeGreaterThanOrEqual(4.5);
    for (const text of ["ink", "quiet"])
      expect(
        contrast(token(`phone-${time}-${text}`, "light"), token(`phone-${time}`, "light")),
      ).toBeGreaterThanOrEqual(4.5);
  });
});
