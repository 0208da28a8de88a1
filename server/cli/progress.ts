// Without colours (NO_COLOR, a pipe) there is no cursor to move either.
const plain = !process.stdout.isTTY || !process.stdout.hasColors();
const paint = (code: number, text: string) => (plain ? text : `\u001b[${code}m${text}\u001b[0m`);

/** One line of the start-up block: what, how long, a remark. */
export function printDone(what: string, ms: number, remark = ""): void {
  clearLine();
  process.stdout.write(
    `  ${paint(32, "✓")} ${what.padEnd(26)}${seconds(ms).padStart(8)}  ${paint(2, remark)}\n`,
  );
}

/** A line that the next one overwrites; nothing where the output is not a terminal. */
export function printWaiting(what: string): void {
  if (!plain) process.stdout.write(`\r\u001b[2K  … ${what}`);
}

/** A progress bar on one line: `done` of `total`, with a rate; plain output gets the last one only. */
export function printBar(done: number, total: number, perSecond: number | null): void {
  if (plain) return;
  const width = 28;
  const filled = total === 0 ? width : Math.round((done / total) * width);
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  process.stdout.write(
    `\r\u001b[2K  ${"█".repeat(filled)}${"░".repeat(width - filled)} ${percent} %  ${count(done)} of ${count(total)}${perSecond === null ? "" : `  ${count(perSecond)}/s`}`,
  );
}

/** Takes the bar away before a line is printed; does nothing where the output is no terminal. */
export function clearLine(): void {
  if (!plain) process.stdout.write("\r\u001b[2K");
}

/** Runs `work`, prints its line with the time that it took. */
export async function step<T>(
  what: string,
  work: () => Promise<T>,
  remark: (result: T) => string = () => "",
): Promise<T> {
  printWaiting(what);
  const started = performance.now();
  const result = await work();
  printDone(what, performance.now() - started, remark(result));
  return result;
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
export const count = (value: number): string => Math.round(value).toLocaleString("en-IN");
export const bold = (text: string): string => paint(1, text);
export const red = (text: string): string => paint(31, text);
