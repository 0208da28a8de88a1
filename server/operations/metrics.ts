import { type Gauge, renderMetrics } from "@/server/platform/metrics";
import { mac } from "@/server/platform/secrets";
import type { EngineRuns } from "@/server/workflows";
import { type Look, lookAtInstallation } from "./look";

/** What opens `/metrics`: made of the installation's secret, so that there is nothing to set up or to keep. */
export const metricsToken = (): string => mac("metrics", "token").toString("base64url");

/** What this process counted, and the installation's figures as they are now, for Prometheus. */
export async function installationMetrics(): Promise<string> {
  return renderMetrics(gaugesOf(await lookAtInstallation()));
}

const gauge = (
  name: string,
  help: string,
  ...values: [value: number, labels?: Record<string, string>][]
): Gauge => ({
  name: `ringback_${name}`,
  help,
  samples: values.map(([value, labels = {}]) => ({ value, labels })),
});

type Labelled = [value: number, labels: Record<string, string>];

const byState = (counts: Record<string, number>): Labelled[] =>
  Object.entries(counts).map(([state, count]) => [count, { state }]);

function gaugesOf({ database, engine, disk }: Look): Gauge[] {
  const up = gauge(
    "up",
    "1 while the part answers.",
    [Number(database !== null), { part: "database" }],
    ...(engine.kind === "external"
      ? []
      : [[Number(engine.kind === "answers"), { part: "engine" }] as [number, Record<string, string>]]),
  );
  return [
    up,
    ...(database ? databaseGauges(database) : []),
    ...(engine.kind === "answers" ? engineGauges(engine.runs) : []),
    ...(disk
      ? [
          gauge("disk_free_bytes", "Free space of the data directory.", [disk.freeBytes]),
          gauge("disk_size_bytes", "Size of the disk of the data directory.", [disk.totalBytes]),
        ]
      : []),
  ];
}

function databaseGauges({ beats, figures, migrations, workers }: NonNullable<Look["database"]>): Gauge[] {
  const { pending, sending, held, retrying } = figures;
  return [
    gauge("migrations_current", "0 while the database is older than the program.", [
      Number(migrations !== "behind"),
    ]),
    gauge(
      "heartbeat_age_seconds",
      "Time since a process last reported.",
      ...Object.entries(beats).map(([process, age]): [number, Record<string, string>] => [age, { process }]),
    ),
    gauge("workers", "Workers that reported in the last 30 seconds.", [workers]),
    gauge(
      "executions",
      "Messages of active campaigns that have no result yet, by state.",
      ...Object.entries({ pending, sending, held, retrying }).map(
        ([state, count]): [number, Record<string, string>] => [count, { state }],
      ),
    ),
    gauge("executions_oldest_pending_seconds", "How long the oldest open batch waits.", [
      figures.oldestPendingSeconds,
    ]),
    gauge("outbox_unsent", "Events that wait for the workflow engine.", [figures.outboxUnsent]),
    gauge("outbox_oldest_seconds", "How long the oldest of them waits.", [figures.outboxOldestSeconds]),
    gauge("receipts_open", "Provider reports that wait to be worked through.", [figures.receiptsOpen]),
    gauge("receipts_oldest_seconds", "How long the oldest of them waits.", [figures.receiptsOldestSeconds]),
    gauge("receipts_given_up", "Provider reports that could not be worked through.", [
      figures.receiptsGivenUp,
    ]),
    gauge("touched_customers", "Customers that wait to be looked at again.", [figures.touchedCustomers]),
    gauge("database_size_bytes", "Size of the database.", [figures.databaseBytes]),
    gauge("database_connections", "Connections to the database server.", [figures.connections]),
    gauge("database_connections_max", "Connections that it allows.", [figures.mostConnections]),
  ];
}

function engineGauges({ queued, running, waiting, failed, cancelled }: EngineRuns): Gauge[] {
  return [
    gauge(
      "engine_runs",
      "Runs of the workflow engine that have not ended, by state.",
      ...byState({ queued, running, waiting }),
    ),
    gauge(
      "engine_runs_ended_badly",
      "Runs that failed or were cancelled in the last 24 hours.",
      ...byState({ failed, cancelled }),
    ),
  ];
}
