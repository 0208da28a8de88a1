import { workbookToCsv } from "../workbook/to-csv";

// Converts a workbook and tells the most memory that it took, in megabytes.
const [source = "", target = ""] = process.argv.slice(2);
await workbookToCsv(source, target);
process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)));
