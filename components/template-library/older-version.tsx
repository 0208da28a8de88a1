"use client";

import { useState } from "react";
import { errorMessage } from "@/components/campaigns/error-details";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useUrl } from "@/components/ui/use-url";
import type { TemplateDetail } from "@/server/template-library/get";
import { useTRPCClient } from "@/server/trpc/react";

/** Says that an older version is shown, and offers to make its words the current ones. */
export function OlderVersion({ template }: { template: TemplateDetail }) {
  const url = useUrl();
  const client = useTRPCClient();
  const [working, setWorking] = useState(false);
  const { id, shown, version: current, mayEdit } = template;
  const restore = async () => {
    setWorking(true);
    try {
      const { version } = await client.templates.restore.mutate({ id, version: shown.version });
      toast.success(`Version ${shown.version} is the current one again, as version ${version}`);
      url.set({ version: null });
    } catch (error) {
      toast.error("It was not restored", { description: errorMessage(error) });
    }
    setWorking(false);
  };
  return (
    <Notice
      title={`Version ${shown.version} of ${current}`}
      action={
        <span className="flex flex-wrap gap-2">
          <Button size="sm" variant="ghost" onClick={() => url.set({ version: null })}>
            Show the current one
          </Button>
          {mayEdit && (
            <Button size="sm" loading={working} onClick={() => void restore()}>
              Restore this version
            </Button>
          )}
        </span>
      }
    >
      Campaigns begin with the current version. Restoring makes a new version with these words; nothing is
      lost.
    </Notice>
  );
}
