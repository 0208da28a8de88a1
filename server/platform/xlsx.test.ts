import { expect, test } from "vitest";
import { xlsx } from "./xlsx";

test("whoever stops taking a workbook ends the reading of its rows", async () => {
  const PAGES = 400;
  let read = 0;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  async function* pages() {
    try {
      for (; read < PAGES; read++)
        yield Array.from({ length: 500 }, (_, nth) => [
          read,
          (nth * 2_654_435_761 * (read + 1)) % 4_294_967_296,
        ]);
    } finally {
      end();
    }
  }
  let taken = 0;
  for await (const piece of xlsx(["page", "number"], pages())) {
    taken += piece.length;
    if (taken > 50_000) break;
  }
  await ended;
  expect(read).toBeLessThan(PAGES / 2);
});
