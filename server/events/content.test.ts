import { describe, expect, test } from "vitest";
import { readBatch } from "./content";

const login = { name: "app_login", customer: { external_id: "C1" } };

describe("a pasted batch", () => {
  test("is read from a JSON array, each event with its line", () => {
    const text = `[\n  ${JSON.stringify(login)},\n  {\n    "name": "inquiry",\n    "note": "a ] and a \\" inside"\n  },\n\n  7]`;
    const { format, rows, problems } = readBatch(text);
    expect({ format, problems }).toEqual({ format: "JSON", problems: [] });
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 8]);
    expect(rows[0]?.event).toEqual(login);
  });

  test("is read from the body that the batch API takes", () => {
    const text = JSON.stringify({ create_customers: false, events: [login, login] }, null, 2);
    expect(readBatch(text)).toMatchObject({ format: "JSON", rows: [{ line: 4 }, { line: 10 }] });
  });

  test("is read line by line, and a broken line is named", () => {
    const text = `${JSON.stringify(login)}\n\n{"name": oops}\n${JSON.stringify(login)}\n`;
    const { format, rows, problems } = readBatch(text);
    expect(format).toBe("NDJSON");
    expect(rows.map(({ line }) => line)).toEqual([1, 4]);
    expect(problems).toEqual([{ line: 3, reason: "This line is not a JSON object." }]);
  });

  test("says where JSON breaks", () => {
    expect(readBatch('[\n{"name": "a"},\n{"name" "b"}\n]')).toMatchObject({
      rows: [],
      problems: [{ line: 3 }],
    });
  });

  test("is read from CSV: customer, event and properties with their types", () => {
    const text =
      '\uFEFFid,name,external_id,occurred_at,amount,policy_number,"vip"\r\n' +
      "e1,payment_received,C1,2026-03-31T10:00:00+05:30,12500.50,0042,true\r\n" +
      '"e2",inquiry,C2,,,"two\nlines",\r\n' +
      "e3,inquiry,C3,,1,2,3,4\r\n";
    const { format, rows, problems } = readBatch(text);
    expect(format).toBe("CSV");
    expect(rows).toEqual([
      {
        line: 2,
        event: {
          id: "e1",
          name: "payment_received",
          customer: { external_id: "C1" },
          occurred_at: "2026-03-31T10:00:00+05:30",
          properties: { amount: 12500.5, policy_number: "0042", vip: true },
        },
      },
      {
        line: 3,
        event: {
          id: "e2",
          name: "inquiry",
          customer: { external_id: "C2" },
          properties: { policy_number: "two\nlines" },
        },
      },
    ]);
    expect(problems).toEqual([{ line: 5, reason: "There are 8 cells, but 7 columns." }]);
  });

  test("without a header that names the event says so", () => {
    expect(readBatch("hello").problems[0]?.reason).toMatch(/must name the columns/);
  });
});
