import { widgetScript } from "@/components/callbacks/public/widget-script";

/** The script of the button for calls, for pages of other sites. The same for everybody: the key stands in their snippet. */
export function GET(): Response {
  return new Response(widgetScript, {
    headers: {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "public, max-age=3600",
      "Cross-Origin-Resource-Policy": "cross-origin",
    },
  });
}
