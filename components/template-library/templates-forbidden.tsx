import { ForbiddenState } from "@/components/ui/forbidden-state";

/** Instead of a template screen, for roles that may not see it. */
export function TemplatesForbidden({ editing = false }: { editing?: boolean }) {
  return editing ? (
    <ForbiddenState
      title="Your role does not change templates"
      who="Marketers and administrators do. Ask an administrator of this workspace for one of these roles."
    />
  ) : (
    <ForbiddenState
      title="Templates are not open to your role"
      who="They are for marketers, supervisors, advisors, approvers and administrators. Ask an administrator of this workspace for one of these roles."
    />
  );
}
