import { twMerge } from "tailwind-merge";

/** Joins class names; the last one wins where two set the same property. Falsy values are left out. */
export function cn(...classes: Array<string | false | null | undefined>): string {
  return twMerge(classes.filter(Boolean).join(" "));
}
