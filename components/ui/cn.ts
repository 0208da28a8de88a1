import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    classGroups: {
      // Sizes of our own; without this they would count as colours.
      "font-size": ["text-wall", "text-wall-label"],
      h: ["h-control", "h-control-sm"],
      w: ["w-control", "w-control-sm"],
      animate: [{ animate: [(value: string) => value !== ""] }],
    },
  },
});

/** Joins class names; the last one wins where two set the same property. Falsy values are left out. */
export function cn(...classes: Array<string | false | null | undefined>): string {
  return merge(classes.filter(Boolean).join(" "));
}
