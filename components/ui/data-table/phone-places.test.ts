import { createElement } from "react";
import { expect, test } from "vitest";
import { phonePlaces, saysNothing } from "./phone-places";
import type { Column } from "./types";

const column = (id: string, rest: Partial<Column<null>> = {}): Column<null> => ({
  id,
  header: id,
  cell: () => null,
  ...rest,
});

test("a narrow second column ends the first line of a phone's row, the others follow below", () => {
  const columns = [column("name", { width: 220 }), column("tier", { width: 92 }), column("phone")];
  expect(phonePlaces(columns)).toEqual(["name", "beside", "below"]);
});

test("a wide second column goes below and takes nothing from the name", () => {
  expect(phonePlaces([column("name"), column("why", { width: 260 }), column("at", { width: 90 })])).toEqual([
    "name",
    "below",
    "below",
  ]);
});

test("a row's buttons end its first line, whatever stands second", () => {
  const columns = [column("name"), column("role", { width: 120 }), column("acts", { header: "", width: 64 })];
  expect(phonePlaces(columns)).toEqual(["name", "below", "beside"]);
});

test("columns for wide windows are left out, and none of them ends the line", () => {
  const columns = [
    column("name"),
    column("email", { shown: "wide", width: 100 }),
    column("tier", { width: 92 }),
  ];
  expect(phonePlaces(columns)).toEqual(["name", "away", "beside"]);
});

test("a column that a person switched on is shown on the phone, too", () => {
  expect(
    phonePlaces([column("name"), column("tier", { width: 92 }), column("tags", { shown: "chosen" })]),
  ).toEqual(["name", "beside", "below"]);
});

test("a dash is nothing, however it is dressed; a zero, a word and no cell at all are not", () => {
  const dressed = createElement("span", { title: "None" }, createElement("b", null, "–"));
  expect([saysNothing("–"), saysNothing(dressed)]).toEqual([true, true]);
  expect(["0", 0, "– 3", null].map(saysNothing)).toEqual([false, false, false, false]);
});
