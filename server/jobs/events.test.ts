import { expect, test } from "vitest";
import { events } from "./events";
import { functions } from "./functions";

/** What steps wait for (`step.waitForEvent`) stands in no function's options. */
const waitedFor = ["automation/woken"];

test("every event begins or ends some function: one that nobody hears costs a row and a call for nothing", () => {
  const heard = functions.flatMap(({ opts: { triggers, cancelOn } }) =>
    [...(triggers ?? []), ...(cancelOn ?? [])].flatMap((on) => ("event" in on ? [String(on.event)] : [])),
  );
  expect(new Set([...heard, ...waitedFor])).toEqual(new Set(Object.keys(events)));
});
