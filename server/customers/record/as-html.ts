import type { CustomerRecord, Values } from "./open";

/** The record as one page that any browser opens, without a script and without anything from elsewhere. */
export function asHtml({ workspace, takenAt, zone, profile, sections }: CustomerRecord): string {
  const name = String(profile.Name || "Customer");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(name)}</title>
<style>
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1c1c1f}
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}p{color:#5b5b63;margin:.25rem 0}
.rows{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid #e3e3e7;white-space:pre-wrap}
th{font-weight:600;white-space:nowrap}
</style></head><body>
<h1>${escaped(name)}</h1>
<p>Everything that ${escaped(workspace)} holds of this customer. Taken ${escaped(takenAt)}; times are of ${escaped(zone)}.</p>
<h2>Profile</h2>
<div class="rows"><table>${Object.entries(profile).map(fact).join("")}</table></div>
${sections.map(({ title, rows }) => `<h2>${escaped(title)}</h2>\n${rows.length === 0 ? "<p>Nothing is held.</p>" : table(rows)}`).join("\n")}
</body></html>
`;
}

const fact = ([term, value]: [string, unknown]): string =>
  `<tr><th scope="row">${escaped(term)}</th><td>${escaped(textOf(value))}</td></tr>`;

function table(rows: Values[]): string {
  const columns = Object.keys(rows[0] ?? {}).filter((column) => rows.some((row) => row[column] !== null));
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join("");
  const body = rows.map(
    (row) => `<tr>${columns.map((column) => `<td>${escaped(textOf(row[column]))}</td>`).join("")}</tr>`,
  );
  return `<div class="rows"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "object") return String(value);
  const lines = Object.entries(value).map(([key, each]) => `${key}: ${textOf(each)}`);
  return lines.length > 0 ? lines.join("\n") : "–";
}

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
