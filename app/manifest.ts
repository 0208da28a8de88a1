import type { MetadataRoute } from "next";

const png = (name: string, size: number) => ({
  src: `/icons/${name}-${size}.png`,
  sizes: `${size}x${size}`,
  type: "image/png",
});

/** Lets a phone or a desk install Ringback as an application; it opens at the first screen of the person's role. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/",
    name: "Ringback",
    short_name: "Ringback",
    description: "Campaigns that people answer, and the calls that come of them.",
    start_url: "/",
    scope: "/",
    display: "standalone",
    // `--color-canvas` and `--color-surface` of the light theme: a manifest has one of each.
    background_color: "#f7f7f9",
    theme_color: "#ffffff",
    icons: [
      png("icon", 192),
      png("icon", 512),
      { ...png("maskable", 512), purpose: "maskable" },
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
    ],
    shortcuts: [
      { name: "Next callback", url: "/callbacks/work" },
      { name: "Callbacks", url: "/callbacks" },
    ],
  };
}
