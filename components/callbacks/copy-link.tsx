"use client";

import { Link2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toaster";

/** Puts a link into the clipboard, or on screen where the browser refuses. */
export async function copyLink(url: string, description: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(url);
    toast.success("The link is copied", { description });
  } catch {
    toast.message(url);
  }
}

/** The public form of the workspace, in which anybody asks for a call. */
export function CopyFormLink({ url }: { url: string }) {
  return (
    <IconButton
      label="Copy the link of the public form"
      icon={<Link2 aria-hidden />}
      onClick={() =>
        copyLink(url, "Put it on your website or into messages: whoever opens it can ask for a call.")
      }
    />
  );
}
