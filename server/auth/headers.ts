import { randomBytes } from "node:crypto";

type Policy = { nonce: string; development: boolean; https: boolean };

/** A nonce for one response. */
export const newNonce = (): string => randomBytes(16).toString("base64");

/**
 * What a page may load. Scripts need this response's nonce (what they load themselves is trusted, `strict-dynamic`);
 * styles may be inline because charts and positioned menus set them. Nobody may frame us.
 */
export function contentSecurityPolicy({ nonce, development, https }: Policy): string {
  return [
    "default-src 'self'",
    // React evaluates code in development only, to show server stacks.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self' data:",
    `connect-src 'self'${development ? " ws: wss:" : ""}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** The headers that every answer carries besides the content policy. */
export function securityHeaders({ development, https }: Omit<Policy, "nonce">): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    // Links in our pages hold ids of customers and campaigns: other sites learn the origin at most.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    ...(https && !development ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" } : {}),
  };
}
