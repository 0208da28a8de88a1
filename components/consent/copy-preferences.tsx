"use client";

import { Link2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";

/** Copies the link of the customer's preference centre, to hand out by whatever way the customer likes. */
export function CopyPreferences({ url }: { url: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      toast.success("Link copied", { description: "Whoever has it can change what this customer gets." });
    } catch {
      toast.error("The browser did not allow copying", { description: url });
    }
  };
  return (
    <Button size="sm" icon={<Link2 aria-hidden />} onClick={() => void copy()}>
      Preference link
    </Button>
  );
}
