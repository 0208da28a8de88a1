import type { OAuthConfig } from "next-auth/providers/oauth";
import { env } from "@/env";
import { findUser } from "./verify-credentials";

/** What an OpenID provider says about somebody. */
type Claims = { sub: string; email?: string; email_verified?: boolean };

/** True when the organisation's own sign-in is set up by environment. */
export const hasOidc = (): boolean =>
  Boolean(env.OIDC_ISSUER && env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET);

// No id of ours: the `signIn` callback refuses it. next-auth needs some id, or it forgets to say why.
const NOBODY = "nobody";

/**
 * Sign-in by the organisation's OpenID provider: authorisation code with PKCE, state and nonce. Its profile becomes our
 * user when the provider vouches for the e-mail address and that user is active; otherwise nobody, whom the
 * `signIn` callback refuses.
 */
export function oidcProvider(): OAuthConfig<Claims> {
  return {
    id: "oidc",
    name: "Your organisation",
    type: "oauth",
    wellKnown: `${(env.OIDC_ISSUER ?? "").replace(/\/+$/, "")}/.well-known/openid-configuration`,
    issuer: env.OIDC_ISSUER,
    clientId: env.OIDC_CLIENT_ID,
    clientSecret: env.OIDC_CLIENT_SECRET,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    profile: async (claims) => ({ id: await userOf(claims) }),
  };
}

async function userOf({ email, email_verified }: Claims): Promise<string> {
  // An unverified address is only a claim: anybody could sign in as anybody.
  if (!email || email_verified !== true) return NOBODY;
  const user = await findUser({ kind: "email", value: email.toLowerCase() });
  return user?.status === "active" ? user.id : NOBODY;
}
