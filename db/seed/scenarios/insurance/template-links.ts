import { linkKeys } from "@/server/template-library/schemas";
import { instantOn } from "../../days";
import type { SeedRow } from "../../insert";

/** Where the buttons of the built-in templates lead: to pages of the made-up firm. */
export const makeTemplateLinkRows = (context: { workspaceId: string; today: string }): SeedRow[] =>
  linkKeys.map((key) => ({
    workspace_id: context.workspaceId,
    key,
    url: `https://suraksha.example.com/${key}`,
    updated_at: instantOn(context.today, -1_440),
  }));
