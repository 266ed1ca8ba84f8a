-- Seals: each entry of audit, access and change hangs on the one before it, day by day, so that none can be changed, taken
-- away or put in without the chain saying so. A job does it afterwards, so that no two people who work wait for each other.
create table platform_seal (
    id integer primary key,                     -- 1, 2, 3 … without a gap
    day date not null,
    sealed_at timestamptz not null default clock_timestamp(),
    until timestamptz not null,                 -- entries recorded before this moment were taken
    entries integer not null,
    previous bytea not null,                    -- the hash of the seal before
    hash bytea not null
);
create table platform_link (
    kind varchar(6) not null check (kind in ('audit', 'access', 'change')),
    entry_id bigint not null,
    seal_id integer not null references platform_seal deferrable initially deferred,
    place integer not null,
    hash bytea not null,                        -- of the link before, and of the entry
    primary key (kind, entry_id)
);
create index link_by_seal on platform_link (seal_id, place);
alter table platform_seal enable row level security;
alter table platform_link enable row level security;
create policy governance on platform_seal for select using ((select guard.has_role('governance')));
create policy governance on platform_link for select using ((select guard.has_role('governance')));
revoke insert, update, delete, truncate on platform_seal, platform_link from public, baton_app;

-- A transaction is over within this time; an entry that shows up later was put in.
create function guard.longest_transaction() returns interval language sql immutable as $$ select interval '1 hour' $$;

create function guard.chained(state bytea, entry bytea, start bytea) returns bytea language plpgsql immutable as
$$ begin return sha256(coalesce(state, start) || entry); end $$;
create aggregate guard.chain(entry bytea, start bytea) (sfunc = guard.chained, stype = bytea);

create function guard.hash_of_seal(last bytea, day date, entries integer, until timestamptz) returns bytea language sql stable as
$$ select sha256(last || convert_to(concat_ws('|', day, entries, extract(epoch from until)), 'UTF8')) $$;

-- What of each entry is sealed: every column that says something. Reads all entries: for the functions below only.
create function guard.entries(earliest timestamptz, latest timestamptz)
returns table (kind text, id bigint, recorded_at timestamptz, entry bytea)
language sql stable set timezone = 'UTC' set search_path = public, pg_temp as $$
    select 'audit', a.id, a.recorded_at, sha256(convert_to(jsonb_build_array('audit', a.id, a.recorded_at, a.transaction,
           a.at, a.by_id, a.roles, a.action, a.family_id, a.record, a.record_id)::text, 'UTF8'))
      from platform_auditentry a where a.recorded_at >= earliest and a.recorded_at < latest
    union all
    select 'access', a.id, a.recorded_at, sha256(convert_to(jsonb_build_array('access', a.id, a.recorded_at,
           a.at, a.by_id, a.roles, a.family_id, a.what, a.why)::text, 'UTF8'))
      from platform_accessentry a where a.recorded_at >= earliest and a.recorded_at < latest
    union all
    select 'change', c.id, c.recorded_at, sha256(convert_to(jsonb_build_array('change', c.id, c.recorded_at, c.transaction,
           c.at, c.by_id, c.login, c.action, c.record, c.record_id, c.family_id, c.kind, c.before, c.after)::text, 'UTF8'))
      from platform_change c where c.recorded_at >= earliest and c.recorded_at < latest
$$;

-- Seal what is not sealed yet, one seal a day of the place's own calendar. Says how many seals it made.
create function guard.seal(before timestamptz) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    made integer := 0;
    number integer;
    previous bytea;
    since timestamptz;
    each record;
begin
    perform pg_advisory_xact_lock(hashtext('baton seal'));
    select s.until - guard.longest_transaction() into since from platform_seal s order by s.id desc limit 1;
    create temporary table unsealed on commit drop as
        select e.*, (e.recorded_at at time zone 'Europe/London')::date as day
          from guard.entries(coalesce(since, '-infinity'), before) e
         where not exists (select from platform_link l where l.kind = e.kind and l.entry_id = e.id);
    for each in select u.day, count(*)::int as entries from unsealed u group by u.day order by u.day loop
        select s.id, s.hash into number, previous from platform_seal s order by s.id desc limit 1;
        number := coalesce(number, 0) + 1;
        previous := coalesce(previous, sha256('Baton'));
        insert into platform_link (kind, entry_id, seal_id, place, hash)
        select u.kind, u.id, number, row_number() over o, guard.chain(u.entry, previous) over o
          from unsealed u where u.day = each.day
        window o as (order by u.recorded_at, u.kind, u.id rows unbounded preceding);
        insert into platform_seal (id, day, until, entries, previous, hash)
        select number, each.day, before, each.entries, previous, guard.hash_of_seal(l.hash, each.day, each.entries, before)
          from platform_link l where l.seal_id = number order by l.place desc limit 1;
        made := made + 1;
    end loop;
    drop table unsealed;
    return made;
end $$;

-- Every fault of the chain: which entry, of which seal, and what is wrong with it. Nothing when all is as it was sealed.
create function guard.faults() returns table (seal integer, kind text, entry_id bigint, fault text)
language sql stable security definer set search_path = public, pg_temp as $$
    with entries as materialized (select * from guard.entries('-infinity', 'infinity')),
    links as (
        select l.*, e.entry,
               lag(l.hash, 1, s.previous) over o as before_it, lag(l.place, 1, 0) over o as place_before
          from platform_link l
          left join platform_seal s on s.id = l.seal_id
          left join entries e on e.kind = l.kind and e.id = l.entry_id
        window o as (partition by l.seal_id order by l.place)
    ),
    last_links as (select distinct on (seal_id) seal_id, place, hash from platform_link order by seal_id, place desc),
    seals as (select s.*, lag(s.id, 1, 0) over o as number_before, lag(s.hash, 1, sha256('Baton')) over o as hash_before
                from platform_seal s window o as (order by s.id))
    select l.seal_id, l.kind::text, l.entry_id, 'removed' from links l where l.entry is null
    union all
    select l.seal_id, l.kind::text, l.entry_id,
           case when l.place <> l.place_before + 1 then 'an entry before it removed, with its link' else 'changed' end
      from links l where l.entry is not null
       and (l.place <> l.place_before + 1 or l.hash is distinct from sha256(l.before_it || l.entry))
    union all
    select s.id, null, null, 'entries at its end removed, with their links'
      from seals s left join last_links l on l.seal_id = s.id where l.place is distinct from s.entries
    union all
    select s.id, null, null, 'the seal itself changed'
      from seals s join last_links l on l.seal_id = s.id
     where l.place = s.entries and s.hash <> guard.hash_of_seal(l.hash, s.day, s.entries, s.until)
    union all
    select s.id, null, null, 'a seal before it removed or made anew'
      from seals s where s.id <> s.number_before + 1 or s.previous <> s.hash_before
    union all
    select null, e.kind, e.id, 'inserted after its day was sealed'
      from entries e
     where e.recorded_at < (select max(until) from platform_seal) - guard.longest_transaction()
       and not exists (select from platform_link l where l.kind = e.kind and l.entry_id = e.id)
    order by 1, 2, 3
$$;
revoke execute on function guard.entries, guard.faults from public;
