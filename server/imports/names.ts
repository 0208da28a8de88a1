/** Forms of address that one system prints and another leaves out. */
const titles = new Set(
  "mr mrs ms miss dr shri sri smt kum kumari km prof adv col capt m/s श्री श्रीमती कुमारी".split(" "),
);

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[.,]/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "" && !titles.has(word))
    .join(" ");

/** The same name, but for case, spaces, dots and forms of address. */
export const sameWords = (one: string, other: string): boolean => plain(one) === plain(other);

/**
 * Two spellings of one person's name: the same first name, or its initial before the same other words. "Ravi Rao" is
 * "RAVI KUMAR RAO" and "R Rao", but not "Asha Rao", who may have the same phone.
 */
export function alikeNames(one: string, other: string): boolean {
  const [first = "", ...rest] = plain(one).split(" ");
  const [second = "", ...others] = plain(other).split(" ");
  if (first === second) return true;
  const initial = first.length === 1 || second.length === 1;
  return initial && first[0] === second[0] && rest.join(" ") === others.join(" ");
}
