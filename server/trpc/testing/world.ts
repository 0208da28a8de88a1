import type { Sql } from "postgres";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { findLiveSession } from "@/server/auth/live-session";
import type { SignedIn } from "@/server/auth/signed-in";
import { startSession } from "@/server/auth/start-session";
import type { Context } from "@/server/platform/context";
import { t } from "../init";
import { appRouter } from "../root";
import { makers } from "./makers";
import { type Letter, letters } from "./table";

export const callAs = (signedIn: SignedIn | null) =>
  t.createCallerFactory(appRouter)({ signedIn, requestId: "test" });
export type Caller = ReturnType<typeof callAs>;

/** A workspace with a member of each role, and a row of each noun as soon as one is asked for. */
export type World = {
  owner: Sql;
  /** Stands in the names of its rows: what another workspace must never read. */
  mark: string;
  admin: Context & { userId: string; membershipId: string };
  members: Record<Letter, SignedIn>;
  /** The procedures as the administrator calls them. */
  as: Caller;
  /** The id of its row of a noun; `new-noun`: of one made now. */
  idOf: (noun: string) => Promise<string>;
};

/** A workspace with a member of each role and rows on demand; its words carry `mark`, so that they are known elsewhere. */
export async function makeWorld(owner: Sql, mark: string): Promise<World> {
  const workspaceId = await makeWorkspace(owner, mark);
  const admin = await makeMember(owner, workspaceId, "admin");
  const members: Partial<Record<Letter, SignedIn>> = {};
  for (const letter of Object.keys(letters) as Letter[]) {
    const member = letter === "a" ? admin : await makeMember(owner, workspaceId, letters[letter]);
    members[letter] = await signIn(member.userId);
  }
  const made = new Map<string, Promise<string>>();
  const all = members as Record<Letter, SignedIn>;
  const world: World = {
    ...{ owner, mark, admin, members: all, as: callAs(all.a) },
    idOf: (noun) => {
      const fresh = noun.startsWith("new-");
      const make = makers[fresh ? noun.slice(4) : noun];
      if (!make) throw new Error(`nobody makes a ${noun}`);
      if (fresh) return make(world);
      const id = made.get(noun) ?? make(world);
      made.set(noun, id);
      return id;
    },
  };
  return world;
}

async function signIn(userId: string): Promise<SignedIn> {
  const found = await findLiveSession(await startSession(userId, { address: "10.3.0.1", userAgent: null }));
  if (!found) throw new Error("no session");
  return found;
}
