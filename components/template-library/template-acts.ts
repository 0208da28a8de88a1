"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { errorMessage } from "@/components/campaigns/error-details";
import { toast } from "@/components/ui/toaster";
import type { TemplateDetail } from "@/server/template-library/get";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { saveFile } from "./save-file";

/** The acts on one template; each says what came of it. */
export function useTemplateActs({ id, name, version }: Pick<TemplateDetail, "id" | "name" | "version">) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const act = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      toast.success(done);
    } catch (error) {
      toast.error("It did not work", { description: errorMessage(error) });
    }
    // Also after a refusal: somebody else may have changed it first.
    await queryClient.invalidateQueries({ queryKey: trpc.templates.pathKey() });
  };
  return {
    setApproved: (approved: boolean) =>
      act(
        () => client.templates.setApproved.mutate({ id, version, approved }),
        approved ? "Approved: advisors see it now" : "Advisors no longer see it",
      ),
    setArchived: (archived: boolean) =>
      act(
        () => client.templates.setArchived.mutate({ id, archived }),
        archived ? "Archived. What began with it goes on" : "It is in the gallery again",
      ),
    download: () =>
      act(async () => {
        saveFile(`${name}.json`, await client.templates.export.mutate({ ids: [id] }));
      }, "Exported"),
    duplicate: async () => {
      try {
        const copy = await client.templates.duplicate.mutate({ id });
        toast.success("Copied");
        router.push(`/templates/${copy.id}`);
      } catch (error) {
        toast.error("It was not copied", { description: errorMessage(error) });
      }
    },
  };
}
