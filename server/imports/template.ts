import { csvLine } from "@/server/platform/csv";
import { type ImportField, importFields, type templateKinds } from "./schemas";

type Kind = keyof typeof templateKinds;

/** Two lines each, as a person would write them; the columns are named so that the upload maps them by itself. */
const templates: Record<Kind, { fields: ImportField[]; rows: string[][] }> = {
  customers: {
    fields: ["external_id", "name", "phone", "email", "language", "tier", "city", "birth_date"],
    rows: [
      ["C-1001", "Asha Kulkarni", "98200 41101", "asha@example.com", "Hindi", "Gold", "Pune", "31/12/1980"],
      ["C-1002", "Imran Sheikh", "+91 98200 41102", "", "English", "Silver", "Mumbai", "5-Mar-79"],
    ],
  },
  policies: {
    fields: [
      "policy_number",
      "name",
      "phone",
      "email",
      "birth_date",
      "product_name",
      "policy_type",
      "policy_status",
      "start_date",
      "payment_mode",
      "premium",
      "sum_assured",
      "auto_debit",
      "due_date",
      "payment_status",
      "paid_on",
    ],
    rows: [
      [
        ...["TRM20260001", "Asha Kulkarni", "98200 41101", "asha@example.com", "31/12/1980"],
        ...[
          "Suraksha Term Shield",
          "Term",
          "In force",
          "15/03/2020",
          "Yearly",
          "₹12,345.00",
          "₹50,00,000",
          "Yes",
        ],
        ...["15/03/2027", "Due", ""],
      ],
      [
        ...["HLT20260002", "Asha Kulkarni", "98200 41101", "asha@example.com", "31/12/1980"],
        ...[
          "Arogya Family Floater",
          "Health",
          "In force",
          "01/01/2022",
          "Half-yearly",
          "8000",
          "5 lakh",
          "No",
        ],
        ...["01/01/2027", "Paid", "28/12/2026"],
      ],
    ],
  },
};

/** A file to fill in, as CSV that a spreadsheet opens. */
export function templateFile(kind: Kind): { name: string; content: string } {
  const { fields, rows } = templates[kind];
  const lines = [fields.map((field) => importFields[field].label), ...rows];
  // The mark tells Excel that this is UTF-8.
  return { name: `ringback-${kind}.csv`, content: `\uFEFF${lines.map(csvLine).join("")}` };
}
