import { z } from "zod";

const ofWorkspace = z.looseObject({ workspaceId: z.string() });
const aboutRun = z.looseObject({ event: z.looseObject({ data: z.looseObject({}) }) });

/**
 * The data of the event that a run is about: its own, or for a run about another run (its failure) that one's.
 * Null when it is not an object.
 */
export function subjectData(data: unknown): Record<string, unknown> | null {
  const nested = aboutRun.safeParse(data);
  if (nested.success && !ofWorkspace.safeParse(data).success) return nested.data.event.data;
  const own = z.looseObject({}).safeParse(data);
  return own.success ? own.data : null;
}

/** True when an event belongs to the workspace; one that names none belongs to nobody. */
export const belongsTo = (workspaceId: string, data: unknown): boolean =>
  subjectData(data)?.workspaceId === workspaceId;
