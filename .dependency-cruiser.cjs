/** The directions of ARCHITECTURE.md, as errors. Type-only imports are allowed everywhere (they cost nothing at run time). */
const value = { dependencyTypesNot: ["type-only"] };
module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true, viaOnly: value } },
    {
      name: "no-orphans",
      severity: "error",
      from: {
        orphan: true,
        pathNot: [
          "\\.d\\.ts$",
          "\\.config\\.(ts|js|mjs|cjs)$",
          "^(proxy|drizzle)",
          "^app/",
          "\\.(test|spec)\\.tsx?$",
          "\\.cjs$",
          "^db/(schema|testing)/",
          "^scripts/",
        ],
      },
      to: {},
    },
    {
      name: "db-is-the-floor",
      severity: "error",
      comment: "db may use only env.ts and packages",
      from: { path: "^db/", pathNot: "(^db/(seed|testing)/|\\.test\\.ts$)" },
      to: { path: "^(app|components|server|e2e|bench)/", ...value },
    },
    {
      name: "components-take-no-server-values",
      severity: "error",
      comment: "components take values only from schemas.ts, status.ts, roles.ts and trpc/react",
      from: { path: "^components/" },
      to: {
        path: "^(server|db)/",
        pathNot:
          "^server/(trpc/react\\.tsx?$|platform/(money|format|days|sms|colour)\\.ts$|[a-z-]+/(schemas|status|content|roles)\\.ts$)",
        ...value,
      },
    },
    { name: "components-not-app", severity: "error", from: { path: "^components/" }, to: { path: "^app/" } },
    {
      name: "ui-has-no-business-words",
      severity: "error",
      from: { path: "^components/(ui|charts)/" },
      to: { path: "^components/(?!ui|charts)", ...value },
    },
    {
      name: "app-is-thin",
      severity: "error",
      comment: "app reaches the server through trpc/caller, auth and the doors",
      from: { path: "^app/", pathNot: "^app/(api|\\(public\\))/" },
      to: {
        path: "^(server|db)/",
        pathNot:
          "^server/(trpc/|auth/|platform/(money|format|days|sms|colour)\\.ts$|[a-z-]+/(schemas|status|content|roles)\\.ts$)",
        ...value,
      },
    },
    {
      name: "app-doors",
      severity: "error",
      from: { path: "^app/(api|\\(public\\))/" },
      to: { path: "^db/", ...value },
    },
    {
      name: "verbs-know-no-transport",
      severity: "error",
      comment: "only router.ts, jobs.ts and the doors may know tRPC, Next or Inngest",
      from: { path: "^server/(?!trpc|api|jobs|auth|engine|worker|cli)[a-z-]+/(?!router\\.ts$|jobs\\.ts$)" },
      to: { path: "^node_modules/(next|next-auth|react|react-dom|@trpc|inngest)(/|$)", ...value },
    },
    {
      name: "routers-and-jobs-hold-no-sql",
      severity: "error",
      from: { path: "^server/[a-z-]+/(router|jobs)\\.ts$" },
      to: { path: "^(db/|node_modules/(drizzle-orm|postgres)/)", ...value },
    },
    {
      name: "nouns-through-their-index",
      severity: "error",
      comment: "another noun is used through its index.ts, schemas.ts or status.ts",
      from: {
        path: "^server/(?!trpc|api|jobs|auth|worker|engine|cli|platform)([a-z-]+)/",
        pathNot: "(\\.test\\.ts$|/testing/)",
      },
      to: {
        path: "^server/([a-z-]+)/",
        pathNot: [
          "^server/$1/",
          "^server/platform/",
          "^server/jobs/(enqueue|client|events)\\.ts$",
          "^server/trpc/(init|procedures)\\.ts$",
          "^server/[a-z-]+/(index|schemas|status|content|roles|audience)\\.ts$",
        ],
        ...value,
      },
    },
    {
      name: "engine-stands-alone",
      severity: "error",
      comment: "the engine speaks HTTP; nothing imports it and it imports no domain",
      from: { path: "^server/engine/" },
      to: { path: "^(app|components|server/(?!engine|platform)[a-z-]+)/", ...value },
    },
    {
      name: "nothing-imports-the-engine",
      severity: "error",
      from: {
        path: "^(app|components|server/(?!engine)|db|e2e)",
        pathNot: "(\\.test\\.ts$|/testing/|^db/testing/)",
      },
      to: { path: "^server/engine/", ...value },
    },
    {
      name: "charts-have-one-home",
      severity: "error",
      from: { pathNot: "^components/charts/" },
      to: { path: "^node_modules/@tremor/" },
    },
    {
      name: "mail-has-one-home",
      severity: "error",
      from: { pathNot: "^(server/channels/smtp/|bench/|e2e/|.*\\.test\\.ts$)" },
      to: { path: "^node_modules/nodemailer/" },
    },
    {
      name: "nothing-imports-tests",
      severity: "error",
      from: { pathNot: "\\.(test|spec)\\.tsx?$" },
      to: { path: "\\.(test|spec)\\.tsx?$" },
    },
    {
      name: "testing-only-in-tests",
      severity: "error",
      from: { pathNot: "(\\.(test|spec)\\.tsx?$|/testing/|^e2e/|^bench/|^chaos/|vitest\\.config\\.ts$)" },
      to: { path: "/testing/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.ringback|docs)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
