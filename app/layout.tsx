import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/noto-sans-devanagari/wght.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { parseTheme, themeClass, themeCookie } from "@/components/shell/theme";

export const metadata: Metadata = {
  title: { default: "Ringback", template: "%s · Ringback" },
  description: "Campaigns that people answer, and the calls that come of them.",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  // The bar of a phone continues the top of the screen (`--color-surface`).
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#131418" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    // The class may have changed in the browser since this was rendered: switching themes does not ask the server.
    <html lang="en-IN" className={themeClass(theme)} suppressHydrationWarning>
      <body className="font-sans antialiased">{children}</body>
    </html>
  );
}
