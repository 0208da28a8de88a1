-- The engine's own tables. Run at every boot under an advisory lock, so every statement is idempotent.
-- Times are milliseconds since the epoch from engine.now_ms(). JSON is stored as canonical text (RFC 8785):
-- a request to the app is then put together by concatenation and its signature needs no second pass.
create schema if not exists engine;

create table if not exists engine.clock (
  only_row boolean primary key default true check (only_row),
  offset_ms bigint not null default 0
);
insert into engine.clock default values on conflict do nothing;

create table if not exists engine.registry (
  only_row boolean primary key default true check (only_row),
  version bigint not null default 1
);
insert into engine.registry default values on conflict do nothing;

create sequence if not exists engine.instance_id as integer cycle;
create sequence if not exists engine.step_order;

create table if not exists engine.app (
  id text primary key,
  url text not null,
  framework text,
  sdk text,
  checksum text not null,
  registered_at bigint not null
);

create table if not exists engine.function (
  id text primary key,
  app_id text not null,
  name text not null,
  url text not null,
  config text not null,
  -- Read by engine.claim(): the limit of each concurrency key, the throttle's spacing and tolerance.
  limits integer[] not null default '{}',
  throttle_every double precision,
  throttle_tolerance double precision,
  finish_ms bigint,
  registered_at bigint not null,
  archived_at bigint
);

create table if not exists engine.event (
  id text primary key,
  name text not null,
  body text not null,
  received_at bigint not null
);
create index if not exists event_received on engine.event (received_at);

-- Keys that act once inside a window: event ids and function idempotency.
create table if not exists engine.seen (
  key text primary key,
  event_id text not null,
  expires_at bigint not null
);
create index if not exists seen_expiry on engine.seen (expires_at);

create table if not exists engine.run (
  id text primary key,
  function_id text not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  event_id text not null,
  event_ids text[],
  event_name text not null,
  created_at bigint not null,
  started_at bigint,
  ended_at bigint,
  output text,
  error text,
  max_attempts integer not null,
  step_count integer not null default 0,
  state_bytes bigint not null default 0,
  keys text[] not null default '{}',
  throttle_key text,
  priority integer not null default 0,
  singleton_key text,
  parent_run text,
  parent_step text,
  terms text[] not null default '{}'
) with (fillfactor = 80);
create index if not exists run_by_function on engine.run (function_id, created_at desc, id desc);
create index if not exists run_by_state on engine.run (state, created_at desc, id desc);
create index if not exists run_by_time on engine.run (created_at desc, id desc);
create index if not exists run_by_event on engine.run (event_id);
create index if not exists run_batch on engine.run using gin (event_ids) where event_ids is not null;
create index if not exists run_ended on engine.run (ended_at) where ended_at is not null;
create index if not exists run_singleton on engine.run (singleton_key) where singleton_key is not null and ended_at is null;
create index if not exists run_parent on engine.run (parent_run) where parent_run is not null;
create index if not exists run_terms on engine.run using gin (terms);

create table if not exists engine.step (
  run_id text not null,
  id text not null,
  name text not null,
  op text not null,
  state text not null check (state in ('pending', 'done', 'failed')),
  -- How the SDK expects the memo: {"data":…}, {"error":…} or the bare value.
  memo text check (memo in ('data', 'error', 'bare')),
  output text,
  input text,
  race boolean not null default false,
  seq bigint,
  attempts integer not null default 1,
  queued_at bigint not null,
  ended_at bigint,
  primary key (run_id, id)
);

-- One call to the app each: step_id null discovers (runs the function), otherwise runs that step.
create table if not exists engine.job (
  id bigint generated always as identity primary key,
  run_id text not null,
  function_id text not null,
  step_id text,
  state text not null default 'ready' check (state in ('ready', 'future', 'parked', 'leased')),
  rank bigint not null,
  run_at bigint not null,
  attempt integer not null default 0,
  -- How often an engine process died while holding this job without any progress.
  lost integer not null default 0,
  generation integer not null default 0,
  owner integer,
  keys text[] not null default '{}',
  throttle_key text,
  starts boolean not null default false,
  blocked_by text,
  -- Another step of the run finished while this discovery was out: run it once more.
  again boolean not null default false,
  error text
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
create unique index if not exists job_discovery on engine.job (run_id) where step_id is null;
create index if not exists job_by_run on engine.job (run_id);
create index if not exists job_ready on engine.job (rank, id) where state = 'ready';
create index if not exists job_future on engine.job (run_at) where state = 'future';
create index if not exists job_parked on engine.job (blocked_by, rank, id) where state = 'parked';
create index if not exists job_leased on engine.job (owner) where state = 'leased';

create table if not exists engine.timer (
  id bigint generated always as identity primary key,
  kind text not null,
  ref text unique,
  due_at bigint not null,
  run_id text,
  step_id text
);
create index if not exists timer_due on engine.timer (due_at);
create index if not exists timer_by_run on engine.timer (run_id) where run_id is not null;

-- A run that waits for an event (kind wait) or ends on one (kind cancel). path and value come from the
-- `async.path == value` part of the expression, so that a million waiting runs do not slow an event.
create table if not exists engine.wait (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('wait', 'cancel')),
  run_id text not null,
  step_id text,
  event_name text not null,
  path text not null default '',
  value text not null default '',
  -- What is left to evaluate after path = value; null when nothing is.
  expression text,
  expires_at bigint not null
);
create index if not exists wait_match on engine.wait (event_name, path, value);
create index if not exists wait_expiry on engine.wait (expires_at) where kind = 'cancel';
create index if not exists wait_by_run on engine.wait (run_id);
create table if not exists engine.wait_path (
  event_name text not null,
  path text not null,
  primary key (event_name, path)
);

create table if not exists engine.rate (
  key text primary key,
  tat double precision not null default 0,
  wake_at bigint
);
create index if not exists rate_wake on engine.rate (wake_at) where wake_at is not null;

create table if not exists engine.debounce (
  function_id text not null,
  key text not null,
  event_id text not null,
  first_at bigint not null,
  primary key (function_id, key)
);

create table if not exists engine.batch (
  function_id text not null,
  key text not null,
  event_ids text[] not null,
  primary key (function_id, key)
);

create table if not exists engine.cron (
  function_id text not null,
  expression text not null,
  jitter_ms bigint not null default 0,
  next_at bigint not null,
  last_slot bigint,
  primary key (function_id, expression)
);
create index if not exists cron_due on engine.cron (next_at);
