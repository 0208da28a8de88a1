import { createHash, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Claims = Record<string, unknown>;
type Grant = { claims: Claims; nonce: string | null; challenge: string | null };

export type IdentityProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the person's browser would do at the authorisation page: agree, and come back with a code. */
  agree: (authorizationUrl: string, claims: Claims) => { code: string; state: string };
  stop: () => Promise<void>;
};

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A small OpenID provider on a free port: discovery, keys, and codes that check client, redirect and PKCE. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const [clientId, clientSecret] = ["ringback-test", randomUUID()];
  const grants = new Map<string, Grant>();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/.well-known/openid-configuration")
      return void send(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        id_token_signing_alg_values_supported: ["RS256"],
      });
    if (request.url === "/keys")
      return void send(200, {
        keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }],
      });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const given = new URLSearchParams(Buffer.concat(chunks).toString());
    const grant = grants.get(given.get("code") ?? "");
    grants.delete(given.get("code") ?? "");
    const client = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
    const proof = createHash("sha256")
      .update(given.get("code_verifier") ?? "")
      .digest("base64url");
    if (!grant || request.headers.authorization !== client || proof !== grant.challenge)
      return void send(400, { error: "invalid_grant" });
    send(200, { access_token: randomUUID(), token_type: "Bearer", id_token: idToken(grant) });
  }

  function idToken({ claims, nonce }: Grant): string {
    const now = Math.floor(Date.now() / 1000);
    const text = `${base64({ alg: "RS256", kid: "1" })}.${base64({ iss: issuer, aud: clientId, iat: now, exp: now + 60, nonce, ...claims })}`;
    return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
  }

  return {
    issuer,
    clientId,
    clientSecret,
    agree: (authorizationUrl, claims) => {
      const asked = new URL(authorizationUrl).searchParams;
      const code = randomUUID();
      grants.set(code, { claims, nonce: asked.get("nonce"), challenge: asked.get("code_challenge") });
      return { code, state: asked.get("state") ?? "" };
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
