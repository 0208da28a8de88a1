import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { beginHistory, difference, recordEdit, redo, rest, undo } from "./draft-history";

type Draft = { name: string; holdOut: number; tags: string[] };
const first: Draft = { name: "Renewal drive", holdOut: 0, tags: [] };

const edits = fc.oneof(
  fc.record({ name: fc.string() }),
  fc.record({ holdOut: fc.nat(50) }),
  fc.record({ tags: fc.array(fc.string(), { maxLength: 3 }) }),
);

describe("taking edits back", () => {
  test("50 edits and 50 undos return the first document, and 50 redos the last", () => {
    fc.assert(
      fc.property(fc.array(edits, { minLength: 50, maxLength: 50 }), (made) => {
        let history = beginHistory(first);
        for (const edit of made) history = rest(recordEdit(history, edit));
        const last = history.present;
        for (let nth = 0; nth < 50; nth += 1) history = undo(history);
        expect(history.present).toBe(first);
        for (let nth = 0; nth < 50; nth += 1) history = redo(history);
        expect(history.present).toBe(last);
      }),
    );
  });

  test("what is saved on the way back makes the stored document the first one again", () => {
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 60 }), (made) => {
        let history = beginHistory(first);
        let stored: Draft = first;
        const save = (next: typeof history) => {
          stored = { ...stored, ...difference(history.present, next.present) };
          history = next;
        };
        for (const edit of made) save(recordEdit(history, edit));
        while (history.past.length > 0) save(undo(history));
        expect(stored).toEqual(first);
      }),
    );
  });

  test("letters of one word are one step; another field, or a pause, begins the next", () => {
    let history = beginHistory(first);
    for (const name of ["R", "Re", "Ren"]) history = recordEdit(history, { name });
    history = recordEdit(history, { holdOut: 10 });
    history = recordEdit(rest(history), { holdOut: 20 });
    expect(history.past).toHaveLength(3);
    history = undo(undo(history));
    expect(history.present).toEqual({ ...first, name: "Ren" });
    expect(undo(history).present).toBe(first);
  });

  test("an edit after an undo forgets what was taken back", () => {
    let history = rest(recordEdit(beginHistory(first), { name: "A" }));
    history = recordEdit(undo(history), { holdOut: 5 });
    expect(redo(history)).toBe(history);
  });
});
