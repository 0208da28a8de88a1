/** Names and values in the text form of Prometheus (version 0.0.4). Labels hold kinds and codes, never ids or personal values. */
type Labels = Record<string, string>;
type Sample = { labels: Labels; value: number };
type Metric = { type: "counter" | "gauge" | "histogram"; help: string; lines: (name: string) => string[] };

/** Upper bounds of the latency buckets, in seconds. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

// One registry a process: Next may load a module more than once.
const keeper = globalThis as { ringbackMetrics?: Map<string, Metric> };
keeper.ringbackMetrics ??= new Map();
const registry = keeper.ringbackMetrics;

const label = (value: string): string =>
  value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

function line(name: string, { labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${label(text)}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${value}`;
}

function registered<M extends Metric>(name: string, make: () => M): M {
  const known = registry.get(name);
  if (known) return known as M;
  const metric = make();
  registry.set(name, metric);
  return metric;
}

type Counter = Metric & { add: (labels: Labels, by?: number) => void };

/** A count that only rises while the process lives. By the field's custom its name ends in `_total`. */
export function counter(name: string, help: string): Counter {
  return registered(name, () => {
    const samples = new Map<string, Sample>();
    return {
      type: "counter",
      help,
      add(labels, by = 1) {
        const key = JSON.stringify(labels);
        const sample = samples.get(key) ?? { labels, value: 0 };
        sample.value += by;
        samples.set(key, sample);
      },
      lines: (shown) => [...samples.values()].map((sample) => line(shown, sample)),
    };
  });
}

type Histogram = Metric & { observe: (labels: Labels, seconds: number) => void };
type Course = { labels: Labels; buckets: number[]; sum: number; count: number };

/** How long something took, in seconds. */
export function histogram(name: string, help: string): Histogram {
  return registered(name, () => {
    const courses = new Map<string, Course>();
    return {
      type: "histogram",
      help,
      observe(labels, seconds) {
        const key = JSON.stringify(labels);
        const course = courses.get(key) ?? { labels, buckets: BOUNDS.map(() => 0), sum: 0, count: 0 };
        courses.set(key, course);
        course.sum += seconds;
        course.count += 1;
        for (const [nth, bound] of BOUNDS.entries())
          if (seconds <= bound) course.buckets[nth] = (course.buckets[nth] ?? 0) + 1;
      },
      lines: (shown) => [...courses.values()].flatMap((course) => courseLines(shown, course)),
    };
  });
}

const courseLines = (name: string, { labels, buckets, sum, count }: Course): string[] => [
  ...buckets.map((value, nth) =>
    line(`${name}_bucket`, { labels: { ...labels, le: String(BOUNDS[nth]) }, value }),
  ),
  line(`${name}_bucket`, { labels: { ...labels, le: "+Inf" }, value: count }),
  line(`${name}_sum`, { labels, value: sum }),
  line(`${name}_count`, { labels, value: count }),
];

/** A figure as it is at this moment, read when it is asked for. */
export type Gauge = { name: string; help: string; samples: Sample[] };

/** Everything that this process counted, and the given figures of the moment. */
export function renderMetrics(gauges: Gauge[]): string {
  const counted = [...registry].map(([name, metric]) => ({ name, ...metric }));
  const read = gauges.map(({ name, help, samples }) => ({
    name,
    help,
    type: "gauge" as const,
    lines: (shown: string) => samples.map((sample) => line(shown, sample)),
  }));
  return [...counted, ...read]
    .map(
      ({ name, help, type, lines }) =>
        `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines(name).join("\n")}\n`,
    )
    .join("");
}

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
