/** A pattern for `lower(…) like`: the words anywhere, their own `%` and `_` taken literally. */
export const like = (words: string): string =>
  `%${words.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
