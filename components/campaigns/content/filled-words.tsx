type FilledWordsProps = {
  language: string;
  /** The words that stay as they are, and between them what fills the places. */
  words: readonly string[];
  fills: readonly string[];
};

/** A text that somebody else approved, with what stands in its places set apart. */
export function FilledWords({ language, words, fills }: FilledWordsProps) {
  return (
    <p lang={language} className="whitespace-pre-wrap break-words rounded-md bg-canvas px-3 py-2.5 leading-6">
      {words.map((piece, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a fixed text have no other name
        <span key={nth}>
          {piece}
          {nth < fills.length && (
            <span className="rounded-sm bg-accent-soft px-1 py-0.5 text-accent-ink">{fills[nth]}</span>
          )}
        </span>
      ))}
    </p>
  );
}
