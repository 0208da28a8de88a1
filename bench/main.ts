import { benches } from "./benches";

/** `npm run bench -- NAME [--json]`: runs one bench; with --json the last line is one JSON object. */
const [name = "", ...flags] = process.argv.slice(2);
const bench = benches[name];
if (bench) {
  const figures = await (await bench()).bench();
  if (flags.includes("--json")) console.log(JSON.stringify(figures));
  else console.table(figures);
  process.exit(0);
}
console.log(`Usage: npm run bench -- NAME [--json]\nBenches: ${Object.keys(benches).join(", ")}`);
process.exit(name ? 2 : 0);
