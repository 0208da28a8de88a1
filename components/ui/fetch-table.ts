import { csvRows, workbookRows } from "./count-rows";

type Fetching = { signal: AbortSignal; onRows: (rows: number) => void };

/**
 * Reads a table to its end, CSV or workbook, telling how many rows came so far, and saves it under the name that the server
 * gives it. @throws Error with the server's sentence, where it gives none of the file
 */
export async function fetchTable(href: string, { signal, onRows }: Fetching): Promise<void> {
  const answer = await fetch(href, { signal });
  if (!answer.ok || !answer.body) throw new Error(await sentenceOf(answer));
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "table.csv";
  const type = answer.headers.get("content-type") ?? "text/csv";
  const counter = (type.startsWith("text/csv") ? csvRows : workbookRows)(onRows);
  const pieces: BlobPart[] = [];
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    counter.take(value);
  }
  await counter.end();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(pieces, { type }));
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
