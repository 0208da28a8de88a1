/** Relative luminance by WCAG 2 of `#rrggbb`. */
function luminance(colour: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** The contrast of two colours (`#rrggbb`) by WCAG 2: 1 for the same to 21 for black on white. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const AA = 4.5;

/** Black or white, whichever reads better on the colour. */
export const inkOn = (colour: string): "#ffffff" | "#111111" =>
  contrast(colour, "#ffffff") >= contrast(colour, "#111111") ? "#ffffff" : "#111111";

/** The colour, moved towards black or white until words in it can be read on the ground. */
export function readableOn(ground: string, colour: string): string {
  const towards = luminance(ground) > 0.5 ? 0 : 255;
  for (let share = 0; share <= 1; share += 0.05) {
    const mixed = mix(colour, towards, share);
    if (contrast(mixed, ground) >= AA) return mixed;
  }
  return towards === 0 ? "#000000" : "#ffffff";
}

function mix(colour: string, towards: number, share: number): string {
  const channel = (at: number): string => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16);
    return Math.round(value + (towards - value) * share)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
