const QUOTE = 34;
/** A row's end, outside of quotes: a note may have lines of its own. */
const NEWLINE = 10;

type Fetching = { signal: AbortSignal; onLines: (lines: number) => void };

/**
 * Reads a CSV file to its end, telling how many rows came so far, and saves it under the name that the server gives it.
 * @throws Error with the server's sentence, where it gives none of the file
 */
export async function fetchTable(href: string, { signal, onLines }: Fetching): Promise<void> {
  const answer = await fetch(href, { signal });
  if (!answer.ok || !answer.body) throw new Error(await sentenceOf(answer));
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "table.csv";
  const pieces: BlobPart[] = [];
  const reader = answer.body.getReader();
  // The names of the columns are a line too.
  let lines = -1;
  let quoted = false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value as BlobPart);
    for (const byte of value)
      if (byte === QUOTE) quoted = !quoted;
      else if (byte === NEWLINE && !quoted) lines++;
    onLines(Math.max(0, lines));
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(pieces, { type: "text/csv" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** `{ error: { message } }`, as every door answers; a proxy in between may answer anything. */
async function sentenceOf(answer: Response): Promise<string> {
  const said: unknown = await answer.json().catch(() => null);
  const error = typeof said === "object" && said !== null && "error" in said ? said.error : null;
  return typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : `The server answered ${answer.status}. Try again.`;
}
