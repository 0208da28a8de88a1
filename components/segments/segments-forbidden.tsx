import { ForbiddenState } from "@/components/ui/forbidden-state";

/** Instead of a segment screen, for roles that may not see it. */
export function SegmentsForbidden({ editing = false }: { editing?: boolean }) {
  return editing ? (
    <ForbiddenState
      title="Your role does not make segments"
      who="Marketers and administrators do. Ask an administrator of this workspace for one of these roles."
    />
  ) : (
    <ForbiddenState
      title="Segments are not open to your role"
      who="They are for marketers, supervisors, approvers and administrators. Ask an administrator of this workspace for one of these roles."
    />
  );
}
