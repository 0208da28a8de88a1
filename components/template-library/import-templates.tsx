"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useRef, useState } from "react";
import { errorMessage } from "@/components/campaigns/error-details";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

/** Adds the templates of an exported file: all of them, or none and why. */
export function ImportTemplates() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [working, setWorking] = useState(false);
  const take = async (file: File) => {
    setWorking(true);
    try {
      const { ids } = await client.templates.import.mutate({ content: await file.text() });
      toast.success(ids.length === 1 ? "1 template imported" : `${ids.length} templates imported`, {
        description: "Advisors see them once they are approved.",
      });
      await queryClient.invalidateQueries({ queryKey: trpc.templates.pathKey() });
    } catch (error) {
      toast.error("Nothing was imported", { description: errorMessage(error) });
    }
    setWorking(false);
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label="File of templates"
        className="hidden"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          // The same file can be chosen again once it was mended.
          event.currentTarget.value = "";
          if (file) void take(file);
        }}
      />
      <Button icon={<Upload aria-hidden />} loading={working} onClick={() => input.current?.click()}>
        Import
      </Button>
    </>
  );
}
