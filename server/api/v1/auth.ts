import { z } from "zod";
import { endSession } from "@/server/auth/end-session";
import { refreshTokens } from "@/server/auth/refresh-tokens";
import { ACCESS_SECONDS } from "@/server/auth/session-tokens";
import { signInByToken, type TokenSignIn } from "@/server/auth/sign-in-by-token";
import { required } from "@/server/platform/errors";
import { roleKeys } from "@/server/workspaces/roles";
import { operation, type Said } from "./operation";

/** What a program keeps of a sign-in, at the top of the answer: mobile clients look for it there. */
const signIn = z.object({
  access_token: z.string(),
  /** Works once, and gives the next pair. */
  refresh_token: z.string(),
  /** Seconds in which the access token opens. */
  expires_in: z.number().int(),
  user: z.object({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(roleKeys),
    status: z.literal("active"),
  }),
});
const opened = z.object({
  token_type: z.literal("Bearer"),
  workspace_id: z.uuid(),
  workspace_name: z.string(),
  is_approver: z.boolean(),
});

function saying({ tokens, signedIn }: TokenSignIn, message: string): Said<z.input<typeof opened>> {
  const { user, role, workspace, isApprover } = signedIn;
  return {
    beside: {
      access_token: tokens.accessToken,
      refresh_token: tokens.refreshToken,
      expires_in: tokens.expiresIn,
      user: { id: user.id, name: user.name, role, status: "active" },
    },
    data: {
      token_type: "Bearer",
      workspace_id: workspace.id,
      workspace_name: workspace.name,
      is_approver: isApprover,
    },
    message,
  };
}

const password = z.string().min(1, "Give the password.").max(200);

export const login = operation({
  id: "login",
  method: "POST",
  path: "/auth/login",
  scope: null,
  roles: "anybody",
  summary: `Sign a person in: an access token for ${ACCESS_SECONDS / 60} minutes, and a refresh token for the next one`,
  status: 200,
  body: z.union(
    [
      z.strictObject({ email: z.string().trim().min(3).max(254), password }),
      z.strictObject({ phone_number: z.string().trim().min(3).max(40), password }),
    ],
    { error: "Give email or phone_number, and password." },
  ),
  example: { email: "asha.rao@example.com", password: "a sentence that I remember" },
  data: opened,
  beside: signIn,
  handle: async ({ body, visitor }) => {
    const identifier = "email" in body ? body.email : body.phone_number;
    return saying(await signInByToken(identifier, body.password, visitor), "Signed in.");
  },
});

export const refresh = operation({
  id: "refresh",
  method: "POST",
  path: "/auth/refresh",
  scope: null,
  roles: "anybody",
  summary:
    "Get the next pair of tokens. A refresh token works once; sent again, it ends the session with every token of it",
  status: 200,
  body: z.strictObject({ refresh_token: z.string().min(1).max(200) }),
  example: { refresh_token: "rbr_the-one-of-the-last-answer" },
  data: opened,
  beside: signIn,
  handle: async ({ body }) => saying(await refreshTokens(body.refresh_token), "Here is the next pair."),
});

export const logout = operation({
  id: "logout",
  method: "POST",
  path: "/auth/logout",
  scope: null,
  roles: roleKeys,
  summary: "End the session of the access token, with every token of it",
  status: 200,
  data: z.object({ session_id: z.uuid() }),
  handle: async ({ signedIn }) => {
    const own = required(signedIn, "session");
    await endSession(own);
    return { data: { session_id: own.sessionId }, message: "Signed out." };
  },
});
