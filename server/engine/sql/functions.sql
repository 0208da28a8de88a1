-- The one clock of the engine. The offset is moved only by an engine started with the test clock.
create or replace function engine.now_ms() returns bigint language sql stable as $$
  select (extract(epoch from clock_timestamp()) * 1000)::bigint + coalesce((select offset_ms from engine.clock), 0)
$$;

-- Lets the first waiting jobs of a key try again.
create or replace function engine.unpark(p_key text, p_count integer) returns integer language plpgsql as $$
declare moved integer;
begin
  update engine.job set state = 'ready', blocked_by = null where id in (
    select id from engine.job where state = 'parked' and blocked_by = p_key order by rank, id limit p_count for update skip locked
  );
  get diagnostics moved = row_count;
  return moved;
end $$;

-- Leases up to p_limit jobs to p_owner, oldest rank first. Claims are serialised by one advisory lock, so the count
-- of leased jobs for a concurrency key and the throttle's state are exact across processes. A job that may not run
-- yet is parked under the key that blocks it, and is not looked at again until that key is released. Whoever releases
-- a key takes the same lock as the last thing of its transaction; nothing in here waits for a row lock, so neither
-- can stand in the other's way.
create or replace function engine.claim(p_owner integer, p_limit integer) returns setof engine.job language plpgsql as $$
declare
  t bigint := engine.now_ms();
  j engine.job;
  f record;
  r record;
  busy text;
  used integer;
  taken integer := 0;
  tat double precision;
begin
  perform pg_advisory_xact_lock(7288, 0);
  update engine.job set state = 'ready', rank = run_at where id in (
    select id from engine.job where state = 'future' and run_at <= t order by run_at limit 500 for update skip locked
  );
  for r in select key, wake_at from engine.rate where wake_at <= t limit 100 loop
    update engine.rate set wake_at = null where key = r.key;
    perform engine.unpark(r.key, 20);
  end loop;
  for j in select * from engine.job where state = 'ready' order by rank, id limit 500 for update skip locked loop
    exit when taken >= p_limit;
    select limits, throttle_every, throttle_tolerance into f from engine.function where id = j.function_id;
    busy := null;
    for i in 1 .. least(cardinality(j.keys), cardinality(f.limits)) loop
      select count(*) into used from engine.job where state = 'leased' and keys @> array[j.keys[i]];
      if used >= f.limits[i] then busy := j.keys[i]; exit; end if;
    end loop;
    if busy is null and j.starts and j.throttle_key is not null and f.throttle_every is not null then
      select rate.tat into tat from engine.rate where key = j.throttle_key;
      -- A clock that went back must not hold starts for longer than a whole window.
      tat := least(greatest(coalesce(tat, 0), t), t + f.throttle_tolerance);
      if tat + f.throttle_every - f.throttle_tolerance > t then
        busy := j.throttle_key;
        insert into engine.rate (key, tat, wake_at)
          values (j.throttle_key, tat, ceil(tat + f.throttle_every - f.throttle_tolerance)::bigint)
          on conflict (key) do update set wake_at = excluded.wake_at;
      else
        insert into engine.rate (key, tat) values (j.throttle_key, tat + f.throttle_every)
          on conflict (key) do update set tat = excluded.tat;
      end if;
    end if;
    if busy is not null then
      update engine.job set state = 'parked', blocked_by = busy where id = j.id;
      -- This job gave up its place under its other keys: the next one there may go.
      for i in 1 .. cardinality(j.keys) loop
        if j.keys[i] <> busy then perform engine.unpark(j.keys[i], 1); end if;
      end loop;
      continue;
    end if;
    update engine.job set state = 'leased', owner = p_owner, generation = generation + 1, starts = false, again = false
      where id = j.id returning * into j;
    taken := taken + 1;
    return next j;
  end loop;
end $$;

-- Frees the jobs of processes that died: each live process holds a session advisory lock on its id, and Postgres
-- drops the lock with the connection, so no time-out is needed and a clock jump frees nothing.
create or replace function engine.free_dead() returns setof engine.job language sql as $$
  update engine.job j set state = 'ready', rank = engine.now_ms(), owner = null, lost = lost + 1
  where j.state = 'leased' and not exists (
    select 1 from pg_locks l
    where l.locktype = 'advisory' and l.classid = 7289 and l.objid = j.owner and l.objsubid = 2 and l.granted
      and l.database = (select oid from pg_database where datname = current_database())
  )
  returning j.*
$$;

-- A key whose last holder went without releasing it (cancelled, changed configuration) must not park jobs for ever.
create or replace function engine.unpark_idle() returns integer language plpgsql as $$
declare
  r record;
  moved integer := 0;
begin
  for r in
    with recursive k as (
      (select blocked_by from engine.job where state = 'parked' order by blocked_by limit 1)
      union all
      select (select blocked_by from engine.job where state = 'parked' and blocked_by > k.blocked_by order by blocked_by limit 1)
      from k where k.blocked_by is not null
    )
    select blocked_by as key from k where blocked_by is not null
      and not exists (select 1 from engine.job where state = 'leased' and keys @> array[k.blocked_by])
      and not exists (select 1 from engine.rate where rate.key = k.blocked_by and wake_at is not null)
    limit 200
  loop
    moved := moved + engine.unpark(r.key, 1);
  end loop;
  return moved;
end $$;
